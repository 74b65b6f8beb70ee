// Which resources fit: OR inside a group of choices, AND across groups.

function emptyState() {
  return { words: "", kinds: new Set(), audiences: new Set(), system: null, area: null };
}

function isEmpty(state) {
  return !state.words.trim() && !state.kinds.size && !state.audiences.size && state.area === null;
}

/** Make the tests of a state, one per group, so that counts beside choices can leave their own group out. */
function tests(state, page) {
  const words = fold(state.words).split(" ").filter(Boolean);
  const places = state.area === null ? null : page.memberships[state.system];
  return {
    words: (resource) => words.every((word) => resource.folded.includes(word)),
    kinds: (resource) => !state.kinds.size || state.kinds.has(resource.kind),
    audiences: (resource) =>
      !state.audiences.size || resource.audience.some((audience) => state.audiences.has(audience)),
    area: (resource) => {
      if (!places) return true;
      const areas = places[resource.row];
      return areas === null || areas.includes(state.area); // null: everywhere
    },
  };
}

function fitting(resources, checks, except = null) {
  const used = Object.entries(checks)
    .filter(([group]) => group !== except)
    .map(([, check]) => check);
  return resources.filter((resource) => used.every((check) => check(resource)));
}

/** Count the resources per choice of a group, given all other groups. */
function tally(resources, checks, group, choicesOf) {
  const counts = new Map();
  for (const resource of fitting(resources, checks, group)) {
    for (const choice of choicesOf(resource)) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  }
  return counts;
}
