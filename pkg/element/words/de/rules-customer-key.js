/** German: the rules of Customer Key. */

import { KEY, VAULT } from './rules-mgdc.js';

/** @import { RuleWords } from '../rules.js' */

const STATE = `Ob der Schlüssel aktiviert und gültig ist, ist nicht sicher zu erkennen. ${KEY}`;
const LEVEL = `Die Wiederherstellungsstufe ist nicht sicher zu erkennen. ${KEY}`;

/** @type {Record<string, RuleWords>} */
export const customerKey = {
  C1: {
    demand: 'Der Schlüssel ist ein RSA- oder RSA-HSM-Schlüssel.',
    pass: 'Der Schlüssel ist ein RSA- oder RSA-HSM-Schlüssel.',
    fail: 'Der Schlüssel ist kein RSA-Schlüssel. Nur RSA-Schlüssel werden angenommen.',
    'not-visible': `Der Schlüsseltyp ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Erstellen Sie einen RSA-HSM-Schlüssel: Ein Schlüssel eines anderen Typs kann keine Schlüssel verschlüsseln.',
  },
  C2: {
    demand: 'Der Schlüssel hat höchstens 4096 Bit.',
    pass: 'Der Schlüssel hat höchstens 4096 Bit.',
    fail: 'Der Schlüssel hat mehr als 4096 Bit.',
    'not-visible': `Die Länge eines RSA-Schlüssels ist nicht zu erkennen. ${KEY}`,
    remedy: 'Erstellen Sie einen Schlüssel mit 2048, 3072 oder 4096 Bit.',
  },
  C3: {
    demand: 'Der Schlüssel hat kein Ablaufdatum, oder es ist der 31.12.9999.',
    pass:
      'Es ist kein Ablaufdatum festgelegt, oder es ist der 31.12.9999. Eine Azure-Richtlinie, die ein Ablaufdatum ' +
      'verlangt, braucht eventuell eine Ausnahme.',
    fail: 'Das Ablaufdatum ist nicht der 31.12.9999. Die Validierung von Microsoft lehnt den Schlüssel ab.',
    'not-visible': `Das Ablaufdatum ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Verschieben Sie das Ablaufdatum auf den 31.12.9999: Ist es einmal festgelegt, lässt es sich nicht mehr ' +
      'entfernen. Eine Azure-Richtlinie („Key Vault keys should have an expiration date“ oder die über die ' +
      'maximale Gültigkeitsdauer) widerspricht dieser Regel und braucht eventuell eine Ausnahme.',
  },
  C4: {
    demand: 'Der Schlüssel ist aktiviert, und sein Aktivierungsdatum ist vorbei.',
    pass: 'Der Schlüssel ist aktiviert.',
    fail: 'Der Schlüssel ist deaktiviert, abgelaufen oder noch nicht gültig. Vorgänge mit ihm schlagen fehl.',
    'not-visible': STATE,
    remedy:
      'Aktivieren Sie den Schlüssel, oder geben Sie ihm Daten, die jetzt gelten: Mit einem Schlüssel, der sich ' +
      'nicht verwenden lässt, fällt der Dienst aus.',
  },
  C5: {
    demand: 'wrapKey und unwrapKey sind zulässige Vorgänge.',
    pass: 'wrapKey und unwrapKey sind zulässig.',
    fail: 'wrapKey oder unwrapKey ist nicht zulässig.',
    'not-visible': `Die zulässigen Vorgänge sind nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Lassen Sie die Vorgänge wrapKey und unwrapKey zu.',
  },
  C6: {
    demand: 'Die Wiederherstellungsstufe ist genau Recoverable+ProtectedSubscription.',
    pass: 'Die Wiederherstellungsstufe ist Recoverable+ProtectedSubscription.',
    warn:
      'Die Wiederherstellungsstufe ist eine andere. Ob ein Schlüssel in einem verwalteten HSM sie braucht, lässt ' +
      'der Text von Microsoft offen.',
    fail: 'Die Wiederherstellungsstufe ist eine andere.',
    'not-visible': LEVEL,
    remedy:
      'Registrieren Sie das Abonnement für den obligatorischen Aufbewahrungszeitraum, schalten Sie vorläufiges ' +
      'Löschen und Löschschutz ein, und verwenden Sie eine Aufbewahrung von 90 Tagen.',
  },
  C7: {
    demand: 'Vorläufiges Löschen und Löschschutz sind eingeschaltet.',
    pass: 'Vorläufiges Löschen und Löschschutz sind eingeschaltet.',
    fail: 'Vorläufiges Löschen oder Löschschutz ist nicht eingeschaltet.',
    'not-visible': LEVEL,
    remedy: 'Schalten Sie den Löschschutz ein. Er lässt sich nicht wieder ausschalten.',
  },
  C8: {
    demand: 'Eine Richtlinie hat zwei Schlüssel in zwei Tresoren.',
    pass: 'Die beiden Schlüssel liegen in zwei Tresoren.',
    fail: 'Beide Schlüssel liegen im selben Tresor.',
    'not-visible': 'Fügen Sie genau die zwei Schlüssel einer Richtlinie hinzu, mit ihren Schlüsselbezeichnern.',
    remedy: 'Verwenden Sie als zweiten einen Schlüssel eines anderen Tresors in einem anderen Abonnement.',
  },
  C9: {
    demand: 'Die beiden Schlüssel sind verschieden (unsere eigene Regel, aus gesundem Menschenverstand).',
    pass: 'Die beiden Schlüssel sind verschieden.',
    warn: 'Beide sind derselbe Schlüssel: Sie haben denselben Modulus.',
    'not-visible': 'Zwei Schlüssel mit ihrem Modulus zeigen es. Im JSON heißt er n.',
    remedy: 'Erzeugen Sie in jedem Tresor einen eigenen Schlüssel.',
  },
  C10: {
    demand:
      'Die Tresore liegen in zwei Abonnements und in zwei Regionen, die nach Möglichkeit kein Regionspaar bilden.',
    pass: 'Die Tresore liegen in zwei Abonnements und in zwei Regionen, die kein Regionspaar bilden.',
    warn: 'Die Tresore liegen in derselben Region oder in zwei Regionen eines Regionspaars.',
    fail: 'Beide liegen im selben Abonnement.',
    reminder: `Abonnement und Region beider Tresore sind nicht zu sehen. ${VAULT}`,
    'not-visible': `Abonnement und Region beider Tresore sind nicht zu sehen. ${VAULT}`,
    remedy: 'Wechseln Sie zu einem Tresor in einem anderen Abonnement und einer anderen Region.',
  },
  C11: {
    demand:
      'Im Produktivbetrieb ist der Schlüssel durch ein HSM geschützt, in einem Tresor mit der SKU Premium oder in ' +
      'einem verwalteten HSM.',
    pass: 'Der Schlüssel ist durch ein HSM geschützt.',
    warn: 'Der Schlüssel ist durch Software geschützt, oder der Tresor hat die SKU Standard.',
    reminder: `Ob der Schlüssel im HSM liegt, zeigt sein Typ. ${KEY}`,
    'not-visible': `Wo der Schlüssel liegt, ist nicht zu erkennen. ${KEY}`,
    remedy: 'Erstellen Sie einen RSA-HSM-Schlüssel in einem Premium-Tresor.',
  },
  C12: {
    demand:
      'Die Dienstprinzipale haben get, wrapKey und unwrapKey: die Rolle Key Vault Crypto Service Encryption User, ' +
      'in einem HSM Managed HSM Crypto Service Encryption User.',
    warn: 'Keine Zugriffsrichtlinie des Tresors hat get, wrapKey und unwrapKey zusammen.',
    reminder: 'Ob der Dienst diese Rechte hat, steht bei den Rollen oder Zugriffsrichtlinien des Tresors.',
    remedy:
      'Weisen Sie dem Dienst die Rolle zu: Exchange 00000002-0000-0ff1-ce00-000000000000, SharePoint ' +
      '00000003-0000-0ff1-ce00-000000000000, mehrere Workloads c066d759-24ae-40e7-a56f-027002b5d3e4.',
  },
  C13: {
    demand:
      'Die Administratoren der Schlüssel dürfen erstellen, importieren, auflisten, abrufen, sichern und ' +
      'wiederherstellen, aber nicht löschen.',
    reminder:
      'Wer die Schlüssel verwaltet, ist hier nicht ganz zu sehen. Prüfen Sie im Portal Rollen und ' +
      'Zugriffsrichtlinien, besonders das Recht zu löschen.',
    remedy: 'Geben Sie den Administratoren diese Rechte und niemandem das Recht zu löschen.',
  },
  C14: {
    demand: 'Der Name einer Richtlinie hat keine Leerzeichen. Ihre Beschreibung darf welche haben.',
    pass: 'Der Name hat keine Leerzeichen.',
    fail: 'Der Name ist leer, oder er enthält ein Leerzeichen oder ein unsichtbares Zeichen.',
    'not-visible': 'Es wurde kein Name angegeben.',
    remedy: 'Schreiben Sie den Namen ohne Leerzeichen, zum Beispiel USA_mailboxes.',
  },
  C15: {
    demand:
      'Exchange und mehrere Workloads nehmen zwei Schlüsselbezeichner. SharePoint nimmt von beiden Schlüsseln ' +
      'Tresor, Schlüssel und Version.',
    pass:
      'Bezeichner und Versionen beider Schlüssel sind bekannt. Wählen Sie oben eine Richtlinie, um ihren Befehl zu ' +
      'bekommen.',
    fail: 'Eine der Adressen ist kein Schlüsselbezeichner.',
    reminder:
      'Die Version eines Schlüssels ist nicht bekannt. Exchange und mehrere Workloads brauchen sie nicht, ' +
      'SharePoint schon.',
    'not-visible': 'Für den Befehl einer Richtlinie braucht es zwei Schlüssel in zwei Tresoren.',
    remedy: 'Geben Sie die Bezeichner beider Schlüssel an, für SharePoint mit ihren Versionen.',
  },
  C16: {
    demand:
      'Jede Richtlinie und jeder Dienst hat ein eigenes Paar von Tresoren. Zwei verwaltete HSMs dienen allen ' +
      'Workloads.',
    reminder:
      'Welche Richtlinien einen Tresor verwenden, ist nicht zu sehen. Jede braucht ein eigenes Paar; Exchange hat ' +
      'bis zu 50 Postfachrichtlinien.',
    remedy: 'Verwenden Sie für eine andere Richtlinie andere Tresore.',
  },
  C17: {
    demand:
      'Nach jeder Änderung wird von jedem Schlüssel eine Sicherung aufbewahrt, in einer Datei, die auf .backup ' +
      'endet. Ein Schlüssel außerhalb von Key Vault ist kein Ersatz.',
    reminder: 'Das zeigt keine Datei. Eine Sicherung lässt sich nur im selben Abonnement wiederherstellen.',
    remedy: 'Sichern Sie den Schlüssel jetzt, und bewahren Sie eine Kopie offline auf.',
  },
  C18: {
    demand:
      'Beide Abonnements, die kostenpflichtig sind, sind für den obligatorischen Aufbewahrungszeitraum registriert.',
    pass: 'Die Wiederherstellungsstufe zeigt, dass das Abonnement registriert ist.',
    warn:
      'Die Wiederherstellungsstufe zeigt die Registrierung nicht. Fragen Sie sie bei einem verwalteten HSM mit ' +
      'Get-AzProviderFeature ab.',
    fail: 'Die Wiederherstellungsstufe zeigt, dass das Abonnement nicht registriert ist.',
    'not-visible': LEVEL,
    remedy:
      'Registrieren Sie das Feature mandatoryRetentionPeriodEnabled, und lassen Sie Microsoft die Registrierung ' +
      'abschließen. Kostenlose Abonnements, Testabonnements, Sponsorships, MSDN und Legacy-Support sind nicht ' +
      'berechtigt.',
  },
  C19: {
    demand:
      'Nachdem ein Schlüssel rotiert wurde, wird die Richtlinie aktualisiert. Exchange braucht bis zu 48 Stunden, ' +
      'SharePoint nimmt eine Rotation nach der anderen.',
    reminder:
      'Das zeigt keine Datei. Die alte Version muss aktiviert bleiben, bis alles mit der neuen verschlüsselt ist.',
    remedy: 'Aktualisieren Sie die Richtlinie nach einer Rotation.',
  },
};
