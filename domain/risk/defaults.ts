import { type RiskPolicy, riskPolicySchema } from './shape.js';

/** Weights of a new company. */
export const defaultRiskPolicy: RiskPolicy = riskPolicySchema.parse({});
