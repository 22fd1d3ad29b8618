import { z } from 'zod';

export const ORDER_CLASSES = ['critical', 'urgent', 'normal'] as const;
/** 急难订单, 紧急订单, normal (P01.2, P06.2). */
export const orderClassSchema = z.enum(ORDER_CLASSES).meta({ id: 'OrderClass' });
export type OrderClass = z.infer<typeof orderClassSchema>;

/** 0 = not red; 1 一般紧急, 2 紧急, 3 特急: as many red bars (P20.1). */
export const gradeSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
export type Grade = z.infer<typeof gradeSchema>;

export const ORDER_PHASES = [
  'evaluating',
  'proposing',
  'signing',
  'executing',
  'delivering',
  'closed',
  'rejected',
  'declined',
  'cancelled',
] as const;
export const orderPhaseSchema = z.enum(ORDER_PHASES).meta({ id: 'OrderPhase' });
export type OrderPhase = z.infer<typeof orderPhaseSchema>;

/** Phases an order never leaves. */
export const ENDED_PHASES = ['closed', 'rejected', 'declined', 'cancelled'] as const;

export const CHANNELS = ['online', 'email', 'phone'] as const;
export const channelSchema = z.enum(CHANNELS).meta({ id: 'Channel' });

/** Declared grounds of a critical order: someone's life, property, or a major interest (P06.2). */
export const GROUNDS = ['life', 'property', 'major-interest'] as const;
export const groundSchema = z.enum(GROUNDS).meta({ id: 'Ground' });

/** The six milestones of execution and the carrier's scan, in the order they are expected (P05.5). */
export const MILESTONES = ['reserve', 'purchase', 'produce', 'inspect', 'pack', 'ship', 'signedFor'] as const;
export const milestoneSchema = z.enum(MILESTONES).meta({ id: 'Milestone' });
export type Milestone = z.infer<typeof milestoneSchema>;

/** Measures manufacturing picks from (P07.7). */
export const MEASURES = ['normal', 'overtime', 'threeShifts', 'outsourcing'] as const;
export const measureSchema = z.enum(MEASURES).meta({ id: 'Measure' });
export type Measure = z.infer<typeof measureSchema>;

/** The six points of the 紧急订单评审表 (P07.4). */
export const POINTS = ['product', 'quantity', 'price', 'process', 'deliveryDate', 'shipping'] as const;
export const pointSchema = z.enum(POINTS).meta({ id: 'Point' });
export type Point = z.infer<typeof pointSchema>;

/** The four departments that evaluate (P07.4). */
export const EVALUATORS = ['sales', 'manufacturing', 'technical', 'quality'] as const;
export const evaluatorSchema = z.enum(EVALUATORS).meta({ id: 'Evaluator' });
export type Evaluator = z.infer<typeof evaluatorSchema>;
