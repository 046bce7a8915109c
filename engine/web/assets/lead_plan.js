export async function buildPlan() { return []; }
