export async function buildReadiness() { return []; }
