// How far from here: the device is asked only when the button is pressed, and the answer stays on it.

const EARTH = 6371008.8; // metres, the mean radius of the International Union of Geodesy and Geophysics

class Near {
  constructor({ store, changed }) {
    Object.assign(this, { store, changed, here: null, state: "off", metres: null });
  }

  /** Ask where the device is, or forget it. */
  toggle() {
    if (this.state === "on" || this.state === "waiting") return this._set("off");
    if (!navigator.geolocation) return this._set("lost");
    this._set("waiting");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.state === "waiting" && this._set("on", coords),
      ({ code, PERMISSION_DENIED }) => this.state === "waiting" && this._set(code === PERMISSION_DENIED ? "denied" : "lost"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
    return undefined;
  }

  /** Return how many metres a row is away in a straight line, or null. */
  of(row) {
    const venue = this.store.venueOf[row];
    return this.metres && venue >= 0 ? this.metres[venue] : null;
  }

  /** Return the same, but nothing where the place itself is only about known. */
  sure(row) {
    return this.store.venues.rough[this.store.venueOf[row]] ? null : this.of(row);
  }

  _set(state, coords = null) {
    this.state = state;
    this.here = coords ? [coords.latitude, coords.longitude] : null;
    this.metres = coords ? metresFrom(this.here, this.store.venues) : null;
    this.changed();
  }
}

/** Measure great circles (haversine) from a point to every venue. */
function metresFrom([lat, lon], venues) {
  const rad = Math.PI / 180;
  const cos = Math.cos(lat * rad);
  return Float64Array.from({ length: venues.count }, (_, at) => {
    const a = Math.sin(((venues.lat[at] - lat) * rad) / 2) ** 2;
    const b = Math.sin(((venues.lon[at] - lon) * rad) / 2) ** 2;
    return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(a + cos * Math.cos(venues.lat[at] * rad) * b)));
  });
}

/** Write a distance no finer than it is known: 60 m, 1.2 km. */
function distanceText(metres, say) {
  if (metres < 950) return say("distance_m", { n: Math.max(10, Math.round(metres / 10) * 10) });
  return say("distance_km", { n: Math.round(metres / 100) / 10 });
}
