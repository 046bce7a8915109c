export async function buildCauses() { return []; }
