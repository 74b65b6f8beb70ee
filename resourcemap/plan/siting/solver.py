"""The one place that talks to HiGHS: a model in, a solution and a proven bound out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Model:
    """A linear model that asks for the least cost; some columns must be whole numbers.

    Parameters
    ----------
    cost, lower, upper
        Per column.
    whole
        Whether each column must be a whole number.
    rows
        The left sides (rows x columns).
    row_lower, row_upper
        What the left sides may be; without end where a side is open.
    step
        Solutions differ in cost by at least this (1 where costs are whole), so that a gap below it is none.
    """

    cost: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    whole: np.ndarray
    rows: csr_matrix
    row_lower: np.ndarray
    row_upper: np.ndarray
    step: float = 0.0


@dataclass(frozen=True)
class Solved:
    """What HiGHS found.

    Parameters
    ----------
    columns
        The best solution; ``None`` when there is none, or none was found in time.
    bound
        No solution costs less. This is the proof, not the status; without end when the model cannot be met.
    row_dual
        The prices of rows; only for models without whole columns.
    """

    columns: np.ndarray | None
    bound: float
    row_dual: np.ndarray | None


def solve(model: Model, *, start: np.ndarray | None = None, seconds: float = np.inf, inner: bool = False) -> Solved:
    """Solve a model with one thread and a fixed seed, so that the same model gives the same answer.

    Parameters
    ----------
    model
        What is asked.
    start
        A solution to begin with; of its columns the whole ones are enough, the others may be missing (NaN).
    seconds
        When to stop with what is found. Only an answer cut short by it may differ from run to run.
    inner
        Whether prices need not be exact: a model without whole columns is then solved from the inside, sooner.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> each = np.ones(2)
    >>> model = Model(np.array([-2.0, -3.0]), 0 * each, each, each > 0, csr_matrix([[1.0, 1.0]]),
    ...     np.array([0.0]), np.array([1.0]))
    >>> found = solve(model)
    >>> found.columns.tolist(), found.bound
    ([0.0, 1.0], -3.0)
    """
    import highspy  # noqa: PLC0415 -- its library takes a tenth of a second to load

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    mixed = bool(model.whole.any())
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": model.step * 0.999 if model.step else 1e-6,
        "time_limit": max(float(seconds), 0.0),
    }
    if inner:
        options |= {"solver": "ipm", "run_crossover": "off"}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_as_highs(model, highspy))
    if start is not None:
        given = np.flatnonzero(np.isfinite(start)).astype(np.int32)
        highs.setSolution(len(given), given, start[given])
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    impossible = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
    if status in impossible:
        return Solved(None, np.inf, None)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = highs.getSolution()
    columns = np.array(solution.col_value) if found else None
    if mixed:
        return Solved(columns, float(info.mip_dual_bound), None)
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = float(info.objective_function_value) if optimal else -np.inf
    return Solved(columns, bound, np.array(solution.row_dual) if optimal else None)


class Relaxed:
    """A model without whole columns, kept ready to be asked what changes with one column.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> each = np.ones(2)
    >>> model = Model(np.array([-2.0, -3.0]), 0 * each, each, each > 0, csr_matrix([[1.0, 2.0]]),
    ...     np.array([0.0]), np.array([2.0]))
    >>> relaxed = Relaxed(model)
    >>> relaxed.solve(), relaxed.cost, relaxed.columns.tolist()
    (True, -3.5, [1.0, 0.5])
    >>> relaxed.costs_more(1, -3.2, seconds=9), relaxed.costs_more(1, -3.0, seconds=9)
    (True, False)
    """

    def __init__(self, model: Model) -> None:
        import highspy  # noqa: PLC0415 -- its library takes a tenth of a second to load

        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._status = highspy.HighsModelStatus
        options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 0, "solver": "simplex"}
        options["presolve"] = "off"
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        self._highs.passModel(_as_highs(replace(model, whole=model.whole & False), highspy))
        self.cost = -np.inf
        self.columns = self.reduced = np.empty(0)

    def solve(self, *, seconds: float = np.inf) -> bool:
        """Find the least cost, the columns, and what each would cost more (their reduced cost); tell if in time."""
        if self._run(seconds) != self._status.kOptimal:
            return False
        solution = self._highs.getSolution()
        self.cost = float(self._highs.getInfo().objective_function_value)
        self.columns, self.reduced = np.array(solution.col_value), np.array(solution.col_dual)
        return True

    def shut(self, column: int) -> None:
        """Leave a column at 0 from now on."""
        self._highs.changeColBounds(column, 0.0, 0.0)

    def costs_more(self, column: int, limit: float, *, seconds: float) -> bool:
        """Tell whether every solution with this column at 1 costs more than the limit, and shut the column if so."""
        self._highs.setOptionValue("objective_bound", limit)
        self._highs.changeColBounds(column, 1.0, 1.0)
        status = self._run(seconds)
        cost = float(self._highs.getInfo().objective_function_value)
        beyond = status in (self._status.kObjectiveBound, self._status.kInfeasible)
        more = beyond or (status == self._status.kOptimal and cost > limit)
        self._highs.changeColBounds(column, 0.0, 0.0 if more else 1.0)
        return bool(more)

    def _run(self, seconds: float) -> Any:
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(float(seconds), 0.0))
        self._highs.run()
        return self._highs.getModelStatus()


def _as_highs(model: Model, highspy: Any) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), model.rows.shape[0]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = model.rows.indptr, model.rows.indices
    lp.a_matrix_.value_ = model.rows.data.astype(float)
    if model.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in model.whole]
    return lp
