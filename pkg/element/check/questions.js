/** What no file tells: the tenant, which services, and for which policy a command is wanted. */

import { h } from '../view/dom.js';
import { words } from './check-words.js';

/**
 * @import { CheckOptions, Service } from '../../check.js'
 * @import { CheckSession } from './check-session.js'
 */

/** @type {[Service, string][]} */
const SERVICES = [
  ['mgdc', 'Data Connect'],
  ['customer-key', 'Customer Key'],
  ['defender', 'Defender for Cloud Apps'],
  ['dataverse', 'Dataverse'],
];

/** @param {CheckSession} session */
export function questions(session) {
  const tenant = field(words.ask.tenant, 'check-tenant', words.ask.tenantHint);
  const boxes = SERVICES.map(([service, title]) => {
    const box = h('input', { type: 'checkbox', checked: true, value: service, onchange: told });
    return { service, box, label: h('label', { class: 'check' }, box, title) };
  });
  const policy = h(
    'select',
    { 'data-testid': 'check-policy', onchange: told },
    ...Object.entries(words.ask.policies).map(([value, title]) => h('option', { value }, title)),
  );
  const name = field(words.ask.policyName, 'check-policy-name');
  const description = field(words.ask.policyDescription, 'check-policy-description');
  const identity = field(words.ask.identity, 'check-identity');
  const address = field(words.ask.address, 'check-uri', words.ask.addressHint);
  const add = h(
    'button',
    { type: 'button', 'data-testid': 'check-add-uri', onclick: addAddress },
    words.ask.addAddress,
  );
  const node = h(
    'details',
    { class: 'card questions' },
    h('summary', {}, words.ask.title),
    h(
      'div',
      { class: 'fields' },
      tenant.node,
      h('div', { class: 'address-field' }, address.node, add),
      h('label', { class: 'question' }, h('span', {}, words.ask.policy), policy),
      name.node,
      description.node,
      identity.node,
    ),
    h('fieldset', { class: 'tools' }, h('legend', {}, words.ask.services), ...boxes.map(({ label }) => label)),
  );
  node.open = true;
  restore();

  return {
    node,
    render() {
      description.node.hidden = policy.value === '' || policy.value === 'sharepoint';
      identity.node.hidden = policy.value !== 'sharepoint';
    },
  };

  /**
   * @param {string} label
   * @param {string} id
   * @param {string} [hint]
   */
  function field(label, id, hint) {
    const input = h('input', { type: 'text', 'data-testid': id, autocomplete: 'off', spellcheck: 'false' });
    if (id !== 'check-uri') input.addEventListener('change', told);
    const note = hint && h('span', { class: 'muted' }, hint);
    return { input, node: h('label', { class: 'question' }, h('span', {}, label), input, note) };
  }

  // What was typed before the language changed.
  function restore() {
    const { services, tenantId, policy: wanted, policyName, policyDescription, identity: site } = session.options;
    for (const { service, box } of boxes) box.checked = services?.includes(service) ?? true;
    policy.value = wanted ?? '';
    tenant.input.value = tenantId ?? '';
    name.input.value = policyName ?? '';
    description.input.value = policyDescription ?? '';
    identity.input.value = site ?? '';
  }

  function told() {
    /** @type {CheckOptions} */
    const options = {};
    const wanted = boxes.filter(({ box }) => box.checked).map(({ service }) => service);
    if (wanted.length > 0 && wanted.length < SERVICES.length) options.services = wanted;
    if (tenant.input.value.trim() !== '') options.tenantId = tenant.input.value;
    if (policy.value !== '') options.policy = /** @type {CheckOptions['policy']} */ (policy.value);
    if (name.input.value !== '') options.policyName = name.input.value;
    if (description.input.value !== '') options.policyDescription = description.input.value;
    if (identity.input.value !== '') options.identity = identity.input.value;
    session.setOptions(options);
  }

  function addAddress() {
    const pasted = address.input.value.trim();
    if (pasted === '') return;
    address.input.value = '';
    session.addAddresses(pasted);
  }
}
