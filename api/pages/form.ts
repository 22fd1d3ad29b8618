import { DateTime } from 'luxon';
import type { FieldError } from '../../app/errors.js';
import { type Locale, say, type Words } from '../../domain/wording/locale.js';
import { PAGE_WORDS } from '../../domain/wording/pages.js';
import { type Html, html } from './html.js';

interface FieldBase {
  /** Its path in the task's form, with dots: `points.price.note`. The API's errors name it the same way. */
  name: string;
  label: Words;
  hint?: Words;
  required?: boolean;
  /** What to say beside it when it is wrong. */
  problem?: Words;
  /** What stands in it at first. */
  value?: string;
}

/**
 * One field of a form. `choice` is one of several, `boolean` where they mean true and false, `number` where they are
 * numbers; `several` any number of them, a list of texts; `moment` is a local date and time of the company's zone; `money` an amount in whole units and a currency; `hidden` comes back as it was shown; `fixed` is what the page itself knows.
 */
export type Field =
  | (FieldBase & {
      type: 'choice';
      choices: { value: string; label: Words }[];
      boolean?: boolean;
      number?: boolean;
    })
  | (FieldBase & { type: 'several'; choices: { value: string; label: Words }[] })
  | (FieldBase & { type: 'block' | 'line'; max: number })
  | (FieldBase & { type: 'date' | 'moment' | 'number' | 'money' })
  | { type: 'hidden'; name: string; value: string }
  | { type: 'fixed'; name: string; value: string };

/** Fields that belong together, under a legend where there are several groups. */
export interface Group {
  legend?: Words;
  fields: Field[];
}

/** What came from the browser, by field name. */
export type Values = Readonly<Record<string, string>>;

/** The task's form from what was typed: empty fields are left out, local times become instants. */
export function toForm(groups: readonly Group[], values: Values, zone: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const field of groups.flatMap(({ fields }) => fields)) {
    if (field.type === 'money') {
      setPath(form, field.name.split('.'), readMoney(field.name, values));
      continue;
    }
    if (field.type === 'several') {
      const chosen = field.choices.filter(({ value }) => values[boxName(field.name, value)] !== undefined);
      const list = chosen.map(({ value }) => value);
      setPath(form, field.name.split('.'), list.length > 0 ? list : undefined);
      continue;
    }
    const text = field.type === 'fixed' ? field.value : (values[field.name] ?? '').trim();
    setPath(form, field.name.split('.'), text === '' ? undefined : read(field, text, zone));
  }
  return form;
}

function read(field: Field, text: string, zone: string): unknown {
  if (field.type === 'choice' && field.boolean)
    return text === 'true' ? true : text === 'false' ? false : text;
  // What is no number stays as typed: the form's own check names the field.
  if (field.type === 'number' || (field.type === 'choice' && field.number)) {
    return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
  }
  if (field.type !== 'moment') return text;
  const moment = DateTime.fromISO(text, { zone });
  // What is no moment stays as typed: the form's own check names the field.
  return moment.isValid ? moment.toUTC().toJSDate().toISOString() : text;
}

/** A box of its own for each choice: what is not ticked is not sent. */
const boxName = (name: string, value: string) => `${name}:${value}`;
const amountName = (name: string) => `${name}.amountMinor`;
const currencyName = (name: string) => `${name}.currency`;

// A currency stands there at first, so an amount alone says whether there is any money.
function readMoney(name: string, values: Values): { amountMinor: unknown; currency: string } | undefined {
  const amount = (values[amountName(name)] ?? '').trim();
  const currency = (values[currencyName(name)] ?? '').trim().toUpperCase();
  return amount === '' ? undefined : { amountMinor: minorUnits(amount, currency) ?? amount, currency };
}

// By digits, not by multiplying: 1.15 × 100 is not 115.
function minorUnits(amount: string, currency: string): number | undefined {
  const [, whole = '', cents = ''] = /^(\d{1,12})(?:\.(\d{1,3}))?$/.exec(amount) ?? [];
  if (whole === '' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return cents.length > digits ? undefined : Number(whole + cents.padEnd(digits, '0'));
}

// The paths are those of our own fields, never of the browser's. The groups around an empty field are made all the
// same, so that the form's check names the field that is missing.
function setPath(form: Record<string, unknown>, [head = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined) form[head] = value;
    return;
  }
  form[head] ??= {};
  setPath(form[head] as Record<string, unknown>, rest, value);
}

/** Says that something is wrong; in words of its own only what stands beside no field. Nothing where all is well. */
export function renderProblems({
  groups,
  errors,
  locale,
}: {
  groups: readonly Group[];
  errors: readonly FieldError[];
  locale: Locale;
}): Html {
  if (errors.length === 0) return html``;
  const known = groups.flatMap(({ fields }) =>
    fields.flatMap(({ type, name }) =>
      type === 'money' ? [name, amountName(name), currencyName(name)] : [name],
    ),
  );
  const loose = errors.filter(({ field }) => !known.includes(field));
  return html`<div class="notice" role="alert"><p>${say(PAGE_WORDS.checkFields, locale)}</p>
${loose.map(({ field, message }) => html`<p>${field}: ${message}</p>`)}</div>`;
}

/** A form with what was typed, and what is wrong of it beside each field. `nonce` makes a double submit one. */
export function renderForm(form: {
  groups: readonly Group[];
  values: Values;
  errors: readonly FieldError[];
  nonce: string;
  locale: Locale;
  submit: Words;
}): Html {
  const { groups, values, errors, nonce, locale, submit } = form;
  return html`<form method="post" action="" accept-charset="utf-8" novalidate>
<input type="hidden" name="nonce" value="${nonce}">
${groups.map(({ legend, fields }) => {
  const inner = fields.map((field) => renderField(field, values, errors, locale));
  return legend ? html`<fieldset><legend>${say(legend, locale)}</legend>${inner}</fieldset>` : html`${inner}`;
})}
<button type="submit">${say(submit, locale)}</button>
</form>`;
}

function renderField(field: Field, values: Values, errors: readonly FieldError[], locale: Locale): Html {
  if (field.type === 'fixed') return html``;
  const value = values[field.name] ?? field.value ?? '';
  if (field.type === 'hidden') return html`<input type="hidden" name="${field.name}" value="${value}">`;
  const id = `f-${field.name.replaceAll('.', '-')}`;
  const names =
    field.type === 'money' ? [field.name, amountName(field.name), currencyName(field.name)] : [field.name];
  const error = errors.find((one) => names.includes(one.field));
  const fallback =
    field.type === 'choice' ? PAGE_WORDS.choose : value ? PAGE_WORDS.fieldWrong : PAGE_WORDS.needed;
  const problem =
    error && html`<p class="problem" id="${id}-problem">${say(field.problem ?? fallback, locale)}</p>`;
  const hints = [
    ...(field.hint ? [say(field.hint, locale)] : []),
    ...(field.required ? [] : [say(PAGE_WORDS.optional, locale)]),
  ].join(' · ');
  const hint = hints && html` <span class="hint">(${hints})</span>`;
  const described = error ? html` aria-invalid="true" aria-describedby="${id}-problem"` : '';
  if (field.type === 'choice') {
    return html`<fieldset class="choice"${described}><legend>${say(field.label, locale)}${hint}</legend>
${field.choices.map(
  (choice, index) =>
    html`<label class="option" for="${id}-${index}"><input type="radio" id="${id}-${index}" name="${field.name}" value="${choice.value}"${choice.value === value && html` checked`}> ${say(choice.label, locale)}</label>`,
)}${problem}</fieldset>`;
  }
  if (field.type === 'several') {
    return html`<fieldset class="choice"${described}><legend>${say(field.label, locale)}${hint}</legend>
${field.choices.map((choice, index) => {
  const name = boxName(field.name, choice.value);
  return html`<label class="option" for="${id}-${index}"><input type="checkbox" id="${id}-${index}" name="${name}" value="on"${values[name] !== undefined && html` checked`}> ${say(choice.label, locale)}</label>`;
})}${problem}</fieldset>`;
  }
  const label = html`<label for="${id}">${say(field.label, locale)}${hint}</label>`;
  if (field.type === 'block') {
    return html`${label}<textarea id="${id}" name="${field.name}" maxlength="${field.max}"${described}>
${value}</textarea>${problem}`;
  }
  if (field.type === 'money') {
    const [amount, currency] = [amountName(field.name), currencyName(field.name)];
    const currencyId = `${id}-currency`;
    return html`${label}<input type="text" inputmode="decimal" id="${id}" name="${amount}" value="${values[amount] ?? ''}" maxlength="20"${described}>
<label for="${currencyId}">${say(PAGE_WORDS.currency, locale)}</label><input type="text" id="${currencyId}" name="${currency}" value="${values[currency] ?? 'CNY'}" maxlength="3">${problem}`;
  }
  if (field.type === 'number') {
    return html`${label}<input type="text" inputmode="decimal" id="${id}" name="${field.name}" value="${value}" maxlength="24"${described}>${problem}`;
  }
  const type = field.type === 'line' ? 'text' : field.type === 'date' ? 'date' : 'datetime-local';
  const max = field.type === 'line' ? html` maxlength="${field.max}"` : '';
  return html`${label}<input type="${type}" id="${id}" name="${field.name}" value="${value}"${max}${described}>${problem}`;
}
