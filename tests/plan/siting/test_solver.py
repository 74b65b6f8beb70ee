"""What HiGHS is asked and what comes back: whole and parted models, starts, and models that cannot be met."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog, milp
from scipy.sparse import csr_matrix

from resourcemap.plan.siting.solver import Model, Relaxed, solve


def knapsack(seed, whole):
    rng = np.random.default_rng(seed)
    worth, weight = rng.integers(1, 30, 12).astype(float), rng.integers(1, 20, 12).astype(float)
    each = np.ones(12)
    rows = csr_matrix(weight[None, :])
    return Model(-worth, 0 * each, each, each > (0 if whole else 1), rows, np.array([-np.inf]), np.array([40.0]))


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_what_scipy_finds(seed):
    model = knapsack(seed, whole=True)
    limit = {"constraints": (model.rows, -np.inf, 40.0), "bounds": (0, 1)}
    best = milp(model.cost, integrality=np.ones(12), **limit).fun
    found = solve(model)
    assert found.bound == pytest.approx(best)
    assert model.cost @ found.columns == pytest.approx(best)
    assert solve(model, start=np.zeros(12)).bound == pytest.approx(best)
    parts = solve(knapsack(seed, whole=False))
    assert parts.bound == pytest.approx(milp(model.cost, **limit).fun)
    assert parts.row_dual is not None


@pytest.mark.parametrize("seed", range(4))
def test_a_column_at_one_costs_what_scipy_says(seed):
    model = knapsack(seed, whole=True)
    relaxed = Relaxed(model)
    assert relaxed.solve()
    for column in range(12):
        bounds = [(float(each == column), 1) for each in range(12)]
        cost = linprog(model.cost, model.rows, [40.0], bounds=bounds).fun
        assert not relaxed.costs_more(column, cost + 1e-6, seconds=9)
    last = linprog(model.cost, model.rows, [40.0], bounds=[*[(0, 1)] * 11, (1, 1)]).fun
    assert relaxed.costs_more(11, last - 1e-6, seconds=9)
    shut = linprog(model.cost, model.rows, [40.0], bounds=[*[(0, 1)] * 11, (0, 0)]).fun
    assert relaxed.solve()
    assert relaxed.cost == pytest.approx(shut)


def test_what_cannot_be_met_has_no_answer_and_no_end():
    one = np.ones(1)
    found = solve(Model(one, 0 * one, one, one > 0, csr_matrix([[1.0]]), np.array([2.0]), np.array([np.inf])))
    assert found.columns is None
    assert found.bound == np.inf


def test_without_time_nothing_is_solved():
    assert not Relaxed(knapsack(0, whole=True)).solve(seconds=0)
