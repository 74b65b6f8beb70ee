// How old what is known of a row is, for the reader: by their day, or that of the page where it is later.

const MOSTLY = 0.9;

class Ages {
  constructor(page, store) {
    Object.assign(this, { page, store, months: new Map() });
    this.now = [todayInJapan(), page.as_of ?? ""].sort().at(-1);
  }

  /** Return when a row was last checked, how many months ago that is, and whether it has to be checked again. */
  of(row) {
    const { store, page, months, now } = this;
    const said = store.get("checked", row);
    const day = said && said !== "partly" && said !== "never" ? said : null;
    if (day && !months.has(day)) months.set(day, monthsBetween(day, now));
    const age = day ? months.get(day) : null;
    const due = age !== null && age >= page.kinds[store.kind[row]].check_months;
    return { told: said !== null, day, months: age, partly: said === "partly", stale: store.get("stale", row) === 1 || due };
  }

  /** Tell whether nearly all rows are stale, which is then said once and not at each. */
  mostlyStale() {
    if (this.stale === undefined) {
      let stale = 0;
      for (let row = 0; row < this.store.count; row += 1) if (this.of(row).stale) stale += 1;
      this.stale = stale > MOSTLY * this.store.count;
    }
    return this.stale;
  }
}
