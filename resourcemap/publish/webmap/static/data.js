// From the columns of the file to the objects of the page.

const PLACE = { venue: 0, stop: 1, servedArea: 2, none: 3 };

/** Read one row of the columns as an object; columns that are not there read as missing. */
function rowsOf(columns, count) {
  const names = Object.keys(columns);
  return Array.from({ length: count }, (_, row) => {
    const made = { row };
    for (const name of names) made[name] = columns[name][row];
    return made;
  });
}

function readResources(page) {
  const found = rowsOf(page.resources, page.count);
  for (const resource of found) {
    resource.kind ??= 0;
    resource.place ??= PLACE.venue;
    resource.activity ??= 0;
    resource.audience ??= [];
    resource.facilities ??= [];
    resource.at ??= null;
    const words = [
      resource.name,
      resource.kana,
      resource.venue,
      resource.address,
      resource.serves,
      resource.provider,
      resource.schedule,
      resource.description,
      page.kinds[resource.kind].label,
    ];
    resource.folded = fold(words.filter(Boolean).join(" "));
  }
  return found;
}

function readVenues(page, resources) {
  const { name, address, lon, lat, rough } = page.venues;
  const venues = lon.map((_, at) => ({
    at,
    name: name[at],
    address: address[at],
    latlng: L.latLng(lat[at], lon[at]),
    rough: Boolean(rough[at]),
    resources: [],
  }));
  for (const resource of resources) if (resource.at !== null) venues[resource.at].resources.push(resource);
  return venues;
}

/** Undo the steps of a line: [x, y, dx, dy, ...] in units of 0.00001 degree. */
function latlngs(steps) {
  const line = new Array(steps.length / 2);
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    line[i / 2] = [y / 1e5, x / 1e5];
  }
  return line;
}

const polygonLatlngs = (polygons) => polygons.map((rings) => rings.map(latlngs));
