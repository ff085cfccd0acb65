/** German: what the key check finds. The core's own sentence, with names, numbers and files, is folded below. */

import { customerKey } from './rules-customer-key.js';
import { KEY, mgdc, VAULT } from './rules-mgdc.js';

/** @import { CheckRules, RuleWords } from '../rules.js' */

/** @type {Record<string, RuleWords>} */
const defender = {
  D1: {
    demand: 'Der Schlüssel ist ein RSA-Schlüssel.',
    pass: 'Der Schlüssel ist ein RSA-Schlüssel. HSMs kommen im Artikel nicht vor.',
    fail: 'Der Schlüssel ist kein RSA-Schlüssel. Nur RSA-Schlüssel werden unterstützt.',
    'not-visible': `Der Schlüsseltyp ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Erstellen Sie einen neuen RSA-Schlüssel.',
  },
  D2: {
    demand: 'wrapKey und unwrapKey sind zulässige Vorgänge.',
    pass: 'wrapKey und unwrapKey sind zulässig.',
    fail: 'wrapKey oder unwrapKey ist nicht zulässig.',
    'not-visible': `Die zulässigen Vorgänge sind nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Lassen Sie die Vorgänge wrapKey und unwrapKey zu.',
  },
  D3: {
    demand: 'Der Tresor hat vorläufiges Löschen und Löschschutz.',
    pass: 'Vorläufiges Löschen und Löschschutz sind eingeschaltet.',
    fail: 'Vorläufiges Löschen oder Löschschutz ist nicht eingeschaltet.',
    'not-visible': `Die Wiederherstellungsstufe ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Schalten Sie den Löschschutz ein. Er lässt sich nicht wieder ausschalten.',
  },
  D4: {
    demand:
      'Der Schlüssel ist aktiviert und gültig: Mit einem Schlüssel, der sich nicht verwenden lässt, wird der ' +
      'Mandant innerhalb einer Stunde gesperrt.',
    pass: 'Der Schlüssel ist aktiviert und läuft nie ab.',
    warn: 'Der Schlüssel läuft ab. Danach wird der Mandant innerhalb einer Stunde gesperrt.',
    fail:
      'Der Schlüssel ist deaktiviert, abgelaufen oder noch nicht gültig. Mit ihm wird der Mandant innerhalb einer ' +
      'Stunde gesperrt.',
    'not-visible': `Ob der Schlüssel aktiviert und gültig ist, ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Aktivieren Sie den Schlüssel. Wenn er ein Ablaufdatum hat, verschieben Sie es, oder rotieren Sie den ' +
      'Schlüssel rechtzeitig.',
  },
  D5: {
    demand:
      'Es wird ein Schlüsselbezeichner eingegeben. Verwendet wird die neueste Version, gleich welche darin steht.',
    warn: 'Die Domäne dieser Adresse gehört zu keiner Key Vault-Cloud, die hier bekannt ist.',
    fail: 'Das ist kein Schlüsselbezeichner.',
    reminder:
      'Geben Sie nur den Schlüsselbezeichner ein, ohne Zeichen davor oder danach. Verwendet wird die neueste Version.',
    'not-visible': `Der Schlüsselbezeichner ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Kopieren Sie den Schlüsselbezeichner der aktuellen Version des Schlüssels.',
  },
  D6: {
    demand: 'Der Artikel hat keine Regel für die Schlüssellänge.',
    reminder: 'Der Artikel nennt keine Schlüssellänge.',
    'not-visible': `Die Schlüssellänge ist nicht zu erkennen. ${KEY}`,
  },
  D7: {
    demand: 'Eine Zugriffsrichtlinie gibt der BYOK-App die Rechte list, wrapKey und unwrapKey.',
    warn: 'Keine Zugriffsrichtlinie des Tresors hat list, wrapKey und unwrapKey zusammen.',
    reminder: 'Ob die BYOK-App diese Rechte hat, steht im Portal bei den Zugriffsrichtlinien oder Rollen des Tresors.',
    remedy: 'Fügen Sie die Zugriffsrichtlinie für Microsoft Defender for Cloud Apps - BYOK hinzu.',
  },
  D8: {
    demand: 'Die App Microsoft Defender for Cloud Apps - BYOK ist im Mandanten registriert und aktiviert.',
    reminder:
      'Das zeigt keine Datei. Suchen Sie in Microsoft Entra ID nach der Unternehmensanwendung ' +
      '6a12de16-95c8-4e42-a451-7dbbc34634cd.',
    remedy: 'Registrieren Sie die App mit Microsoft Graph PowerShell.',
  },
  D9: {
    demand:
      'Wenn es eine Firewall gibt, hat sie kein virtuelles Netzwerk, lässt die acht Adressen zu und wird von ' +
      'vertrauenswürdigen Microsoft-Diensten umgangen.',
    pass: 'Keine Firewall der Tresore hier hält Defender for Cloud Apps ab.',
    fail: 'Die Netzwerkeinstellungen eines Tresors lassen Defender for Cloud Apps nicht ganz zu.',
    reminder: `Die Firewall des Tresors ist nicht zu sehen. ${VAULT}`,
    'not-visible': `Die Firewall des Tresors lässt sich nicht lesen. ${VAULT}`,
    remedy:
      'Fügen Sie der Firewall die Adressen hinzu, lassen Sie vertrauenswürdige Dienste zu, und entfernen Sie ' +
      'virtuelle Netzwerke.',
  },
};

const NO_FILE = 'Das zeigt nur die Datei, die hochgeladen werden soll. Fügen Sie die PFX- oder BYOK-Datei hinzu.';

/** @type {Record<string, RuleWords>} */
const dataverse = {
  V0: {
    demand:
      'Seit dem 2. Juni 2023 ist dieses Feature für neue Kunden geschlossen, und es braucht mehr als 1000 Lizenzen.',
    reminder:
      'Neue Kunden verwenden den vom Kunden verwalteten Verschlüsselungsschlüssel, für den keine Datei hochgeladen ' +
      'wird.',
    remedy: 'Verwenden Sie stattdessen einen vom Kunden verwalteten Verschlüsselungsschlüssel der Power Platform.',
  },
  V1: {
    demand: 'Die Datei ist nach ihrem Inhalt eine PFX- oder BYOK-Datei.',
    pass: 'Die Datei ist eine PFX- oder BYOK-Datei.',
    warn:
      'Die Datei ist kein JSON, wahrscheinlich ein älteres Paket von nCipher. Key Vault nimmt es seit dem 30. Juni ' +
      '2021 nicht mehr an, während die Seite über Dataverse nur nCipher nennt.',
    fail: 'Die Datei ist keine einwandfreie PFX- oder BYOK-Datei.',
    'not-visible': NO_FILE,
    remedy:
      'Exportieren Sie den Schlüssel als PFX-Datei, oder erstellen Sie mit dem Werkzeug des HSM-Herstellers eine ' +
      'BYOK-Datei.',
  },
  V2: {
    demand: 'Der Schlüssel ist ein RSA-Schlüssel mit 2048 Bit.',
    pass: 'Der Schlüssel ist ein RSA-Schlüssel mit 2048 Bit. Bei einer BYOK-Datei ist das eine Schätzung.',
    fail: 'Der Schlüssel ist kein RSA-Schlüssel mit 2048 Bit. Bei einer BYOK-Datei ist das eine Schätzung.',
    'not-visible':
      'Schlüsseltyp und Schlüssellänge sind nicht zu erkennen. Fügen Sie die PFX- oder BYOK-Datei hinzu, und geben ' +
      'Sie ihr Kennwort ein, wenn sie eines hat.',
    remedy: 'Erstellen Sie einen neuen RSA-Schlüssel mit 2048 Bit.',
  },
  V3: {
    demand: 'Eine PFX-Datei ist durch ein Kennwort geschützt.',
    pass: 'Die Datei ist durch ein Kennwort geschützt.',
    warn: 'Die Datei ist anders als durch ein Kennwort geschützt, oder sie ließ sich nicht lesen.',
    fail: 'Die Datei ist nicht ganz durch ein Kennwort geschützt, oder das Kennwort ist leer.',
    'not-visible': 'Diese Regel betrifft PFX-Dateien.',
    remedy: 'Exportieren Sie die PFX-Datei noch einmal mit einem Kennwort, das nicht leer ist.',
  },
  V4: {
    demand: 'Der private Schlüssel ist in der PFX-Datei.',
    pass: 'Der private Schlüssel ist in der Datei.',
    fail: 'In der Datei ist kein privater Schlüssel.',
    'not-visible': 'Der Inhalt ist nicht zu sehen. Fügen Sie die PFX-Datei hinzu, und geben Sie ihr Kennwort ein.',
    remedy: 'Exportieren Sie das Zertifikat zusammen mit seinem privaten Schlüssel.',
  },
  V5: {
    demand:
      'Ein RSA-HSM-Schlüssel braucht eine Supportanfrage, kommt aus einem HSM von nCipher und wird mit der ' +
      'angezeigten Abonnement-ID erstellt.',
    warn:
      'Der Schlüssel kommt aus einem HSM: Er braucht eine Supportanfrage, und genannt werden nur HSMs von nCipher. ' +
      'Für welches Abonnement er erstellt wurde, ist nicht zu sehen.',
    reminder: 'Diese Regel betrifft Schlüssel aus einem HSM, die in einer BYOK-Datei kommen.',
    remedy:
      'Stellen Sie eine Supportanfrage, und erstellen Sie die Datei mit der Abonnement-ID, die unter Manage ' +
      'encryption keys, New key steht.',
  },
  V6: {
    demand:
      'Ein weiterer Schlüssel muss aktiviert werden. Zwischen zwei Aktivierungen liegen 24 Stunden, und nach einer ' +
      'Änderung lässt sich 72 Stunden lang nichts sperren.',
    reminder: 'Das zeigt keine Datei.',
    remedy: 'Planen Sie diese Zeiten ein.',
  },
  V7: {
    demand:
      'Datei und Kennwort werden aufbewahrt: Zum Entsperren braucht es denselben Schlüssel, und gesperrte ' +
      'Umgebungen werden nach 28 Tagen gelöscht.',
    reminder: 'Das zeigt keine Datei.',
    remedy: 'Bewahren Sie die Datei und ihr Kennwort an einem sicheren Ort auf.',
  },
};

/** @type {CheckRules} */
export const rules = {
  rules: { ...mgdc, ...customerKey, ...defender, ...dataverse },
  verdicts: {
    fail: 'Diese Regel ist verletzt.',
    warn: 'Das ist nicht verboten oder nicht sicher, aber ein Risiko.',
    'not-visible': 'Die Dateien hier zeigen das nicht.',
    reminder: 'Das lässt sich hier nicht prüfen. Bitte beachten Sie es.',
    pass: 'Diese Regel ist eingehalten.',
  },
  contradictions: {
    'M3 C3':
      'Data Connect verlangt ein Ablaufdatum, und Customer Key verbietet eines. Nur der 31.12.9999 hält beide ' +
      'Regeln ein. Ein festgelegtes Datum lässt sich verschieben, aber nie mehr entfernen.',
    'M2 C2':
      'Data Connect verlangt genau 2048 Bit, und Customer Key nimmt bis zu 4096: Ein längerer Schlüssel genügt nur ' +
      'Customer Key.',
    'M1 C11':
      'Customer Key verlangt im Produktivbetrieb einen RSA-HSM-Schlüssel, und der Artikel von Data Connect erwähnt ' +
      'diesen Typ nicht.',
  },
  refusals: {
    C8: 'Eine Richtlinie braucht genau zwei Schlüssel in zwei Tresoren.',
    C14: 'Die Richtlinie braucht einen Namen ohne Leerzeichen und ohne unsichtbare Zeichen.',
    C15: 'Ein Schlüsselbezeichner oder seine Version fehlt. SharePoint braucht Bezeichner mit ihrer Version.',
    description:
      'Die Beschreibung enthält einen Zeilenumbruch oder ein anderes Steuerzeichen. Schreiben Sie sie in eine Zeile.',
    identity:
      'Die Adresse der Website enthält einen Zeilenumbruch oder ein anderes Steuerzeichen. Schreiben Sie sie in ' +
      'eine Zeile.',
  },
  messages: {
    ERR_CHECK_ANSWER: 'Das ist eine Fehlermeldung von Key Vault oder eines Werkzeugs und beschreibt keinen Schlüssel.',
    ERR_CHECK_DAMAGED:
      'Die Datei lässt sich nicht lesen: Sie ist abgeschnitten oder beschädigt, oder sie überschreitet eine Grenze dieser ' +
      'Seite. Die technischen Details sagen, was zutrifft.',
    ERR_CHECK_DISAGREE:
      'Zwei Dateien über denselben Schlüssel widersprechen sich. Sie sind vielleicht von verschiedenen Tagen.',
    ERR_CHECK_IDENTIFIER: 'Das ist kein Schlüsselbezeichner.',
    ERR_CHECK_LIMIT:
      'Es wurden nicht alle Schlüssel geprüft. Das ist eine Grenze dieser Seite. Prüfen Sie weniger auf einmal.',
    ERR_CHECK_LIST: 'Das ist eine Liste. Ihr fehlt, was die Regeln brauchen. Exportieren Sie den einzelnen Eintrag.',
    ERR_CHECK_OTHER_KIND:
      'Das ist ein Geheimnis, ein Zertifikat, eine Sicherung oder ein gelöschter Schlüssel. Geprüft werden kann ' +
      'nur die Beschreibung eines Schlüssels.',
    ERR_CHECK_TOO_BIG:
      'Die Datei ist größer, als hier gelesen wird. Das ist eine Grenze dieser Seite und kein Fehler der Datei. ' +
      'Lassen Sie nur den Schlüssel darin.',
    ERR_CHECK_UNKNOWN: 'Das beschreibt weder einen Schlüssel noch einen Tresor und ist auch keine Schlüsseldatei.',
    'byok-problems': 'In dieser BYOK-Datei stimmt etwas nicht. Die technischen Details sagen, was.',
    'date-without-zone': 'Ein Datum nennt keine Zeitzone. Es wurde als UTC gelesen.',
    identifier: 'An diesem Schlüsselbezeichner ist etwas ungewöhnlich. Die technischen Details sagen, was.',
    'key-exchange-key':
      'Das wird als Schlüsselaustauschschlüssel (KEK) der BYOK-Datei angesehen und nicht als Schlüssel für einen Dienst.',
    'key-exchange-key-unfit':
      'Der Schlüsselaustauschschlüssel (KEK) passt nicht. Er muss ein nicht abgelaufener RSA-HSM-Schlüssel mit 2048, ' +
      '3072 oder 4096 Bit sein, nur den Vorgang import zulassen und derjenige sein, den die Datei nennt.',
    'operations-cut': 'PowerShell hat die Liste der Vorgänge abgeschnitten. Mit | ConvertTo-Json sehen Sie alle.',
    'private-key':
      'Ein privater Schlüssel wurde hinzugefügt. Er wurde nur für die Prüfung gelesen und dann überschrieben. Außer für ' +
      'einen Upload zu Dataverse genügt die Beschreibung des Schlüssels.',
    'size-differs': 'Die genannte Schlüssellänge und der Modulus widersprechen sich. Es gilt der Modulus.',
    unreadable: 'Ein Datum oder der Modulus lässt sich nicht sicher lesen. Exportieren Sie den Schlüssel als JSON.',
  },
};
