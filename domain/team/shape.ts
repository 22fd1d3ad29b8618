import { z } from 'zod';
import type { Role } from '../roles/shape.js';

/** The seven roles of 紧急订单生产小组 (P07.2). */
export const TEAM_ROLES = [
  'lead',
  'liaison',
  'technical',
  'manufacturing',
  'quality',
  'purchasing',
  'outsourcing',
] as const;
export const teamRoleSchema = z.enum(TEAM_ROLES).meta({ id: 'TeamRole' });
export type TeamRole = z.infer<typeof teamRoleSchema>;

/** Named people: team role to person id; a role nobody can fill is absent and said so on the order. */
export const teamSchema = z.partialRecord(teamRoleSchema, z.string());
export type Team = z.infer<typeof teamSchema>;

/** From which role the holder of a team role is taken, and the skill that is preferred. */
export const TEAM_SOURCES: Record<TeamRole, { role: Role; skill?: string }> = {
  lead: { role: 'manufacturing', skill: 'teamLead' },
  liaison: { role: 'sales', skill: 'liaison' },
  technical: { role: 'technical' },
  manufacturing: { role: 'manufacturing' },
  quality: { role: 'quality' },
  purchasing: { role: 'purchasing' },
  outsourcing: { role: 'outsourcing' },
};

export const TEAM_WORDS: Record<TeamRole, { zh: string; en: string }> = {
  lead: { zh: '总负责人', en: 'team lead' },
  liaison: { zh: '信息联络员', en: 'information liaison' },
  technical: { zh: '技术负责人', en: 'technical lead' },
  manufacturing: { zh: '制造负责人', en: 'manufacturing lead' },
  quality: { zh: '品管负责人', en: 'quality lead' },
  purchasing: { zh: '采购', en: 'purchasing' },
  outsourcing: { zh: '外协负责人', en: 'outsourcing lead' },
};
