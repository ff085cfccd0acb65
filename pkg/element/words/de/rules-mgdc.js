/** German: the rules of Data Connect, and those that several services have. */

/** @import { RuleWords } from '../rules.js' */

/** Where it is to be seen. */
export const KEY = 'Das JSON des Schlüssels zeigt es (az keyvault key show oder Get-AzKeyVaultKey).';
export const VAULT = 'Das JSON des Tresors zeigt es (az keyvault show oder Get-AzKeyVault).';

/** @type {Record<string, RuleWords>} */
export const mgdc = {
  M1: {
    demand: 'Der Schlüssel ist ein RSA-Schlüssel. RSA-HSM kommt im Artikel nicht vor.',
    pass: 'Der Schlüssel ist ein RSA-Schlüssel.',
    warn: 'Der Schlüssel ist ein RSA-HSM-Schlüssel. Der Artikel spricht von RSA-Schlüsseln und erwähnt RSA-HSM nicht.',
    fail: 'Der Schlüssel ist kein RSA-Schlüssel.',
    'not-visible': `Der Schlüsseltyp ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Erzeugen Sie einen neuen RSA-Schlüssel, der nach der Mandanten-ID benannt ist.',
  },
  M2: {
    demand: 'Der Schlüssel hat genau 2048 Bit.',
    pass: 'Der Schlüssel hat 2048 Bit.',
    fail: 'Der Schlüssel ist kein RSA-Schlüssel mit 2048 Bit.',
    'not-visible': `Die Schlüssellänge ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Erzeugen Sie einen neuen RSA-Schlüssel mit 2048 Bit: Die Länge eines Schlüssels lässt sich nicht ändern.',
  },
  M3: {
    demand: 'Der Schlüssel hat ein Ablaufdatum.',
    pass: 'Ein Ablaufdatum ist festgelegt.',
    fail: 'Es ist kein Ablaufdatum festgelegt.',
    'not-visible': `Das Ablaufdatum ist nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Legen Sie ein Ablaufdatum fest. Es lässt sich später verschieben, aber nie mehr entfernen.',
  },
  M4: {
    demand: 'Der Schlüssel ist aktiviert, sein Aktivierungsdatum ist vorbei, und er ist nicht abgelaufen.',
    pass: 'Der Schlüssel ist aktiviert und jetzt gültig.',
    fail:
      'Der Schlüssel ist deaktiviert, abgelaufen oder noch nicht gültig. Für ihn wird nichts Neues verschlüsselt. ' +
      'Alte Lieferungen lassen sich weiterhin öffnen, solange der Schlüssel aktiviert ist.',
    'not-visible': `Ob der Schlüssel aktiviert und gültig ist, ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Aktivieren Sie den Schlüssel, oder geben Sie ihm Daten, die jetzt gelten. Alte Lieferungen bleiben nach dem ' +
      'Ablauf lesbar, solange der Schlüssel aktiviert ist.',
  },
  M5: {
    demand: 'Der Schlüssel ist nach der Microsoft Entra-Mandanten-ID benannt, einer GUID.',
    pass: 'Der Name des Schlüssels ist eine GUID. Wenn Sie die Mandanten-ID angeben, wird er mit ihr verglichen.',
    fail: 'Der Name des Schlüssels ist nicht die Mandanten-ID.',
    'not-visible': `Ob der Schlüssel nach der Mandanten-ID benannt ist, ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Erzeugen Sie einen Schlüssel, dessen Name die Mandanten-ID ist: Ein Schlüssel lässt sich nicht umbenennen.',
  },
  M6: {
    demand: 'Für jede Mandanten-ID gibt es nur einen Schlüssel.',
    pass: 'Unter den Schlüsseln hier liegt kein Name in zwei Tresoren, und kein Schlüssel hat zwei Namen.',
    warn: 'Zwei Schlüssel haben denselben Namen in zwei Tresoren, oder ein Schlüssel hat zwei Namen.',
    'not-visible': 'Fügen Sie alle Schlüssel des Mandanten zusammen hinzu, um sie zu vergleichen.',
    remedy: 'Behalten Sie einen Schlüssel, der nach der Mandanten-ID benannt ist, und deaktivieren Sie die anderen.',
  },
  M7: {
    demand: 'Der Besitzer kann mit dem Schlüssel entschlüsseln, damit sich Lieferungen öffnen lassen.',
    pass: 'Mit diesem Schlüssel lässt sich eine Lieferung öffnen.',
    warn: 'Weder decrypt noch unwrapKey ist ein zulässiger Vorgang.',
    'not-visible': `Die zulässigen Vorgänge sind nicht sicher zu erkennen. ${KEY}`,
    remedy: 'Lassen Sie die Vorgänge decrypt und unwrapKey zu.',
  },
  M8: {
    demand: 'Eine Lieferung nennt die Version des Schlüssels, der sie öffnet.',
    pass: 'Jede Version, die die Lieferung nennt, ist hier.',
    fail: 'Die Lieferung braucht eine Version, die keiner der Schlüssel hier hat.',
    'not-visible':
      'Dafür braucht es eine Lieferung und einen Schlüssel mit seiner Version: encryptionKeyDetails.json zeigt, ' +
      'welche Version die Lieferung braucht.',
    remedy: 'Öffnen Sie die Lieferung mit der Schlüsselversion, die sie nennt.',
  },
  M9: {
    demand: 'Rat: Schützen Sie den Schlüssel vor endgültigem Löschen. Der Artikel hat dazu keine Regel.',
    pass: 'Der Löschschutz ist eingeschaltet.',
    reminder: 'Die Wiederherstellungsstufe zeigt keinen Löschschutz.',
    'not-visible': `Die Wiederherstellungsstufe ist nicht sicher zu erkennen. ${KEY}`,
    remedy:
      'Schalten Sie den Löschschutz ein: Ist der Schlüssel endgültig gelöscht, bleiben seine Lieferungen für immer ' +
      'verschlossen.',
  },
  M10: {
    demand:
      'Das Berechtigungsmodell des Tresors ist RBAC, und der Dienstprinzipal der App hat die Rolle Key Vault ' +
      'Crypto User.',
    warn: 'Es ist nicht zu sehen, dass der Tresor RBAC verwendet, oder er verwendet Zugriffsrichtlinien.',
    reminder:
      'Ob der Dienstprinzipal der App die Rolle hat, zeigt keine Datei. Es steht im Portal unter Zugriffssteuerung ' +
      '(IAM).',
    'not-visible': `Das Berechtigungsmodell ist nicht zu sehen. ${VAULT}`,
    remedy: 'Weisen Sie dem Dienstprinzipal der Data Connect-Anwendung die Rolle Key Vault Crypto User zu.',
  },
  M11: {
    demand:
      'Der öffentliche Netzwerkzugriff des Tresors ist aktiviert. Data Connect gehört nicht zu den ' +
      'vertrauenswürdigen Diensten.',
    pass: 'Der öffentliche Netzwerkzugriff ist aktiviert, und keine Firewall verhindert ihn.',
    warn: 'Ein Netzwerksicherheitsperimeter bestimmt, wer den Tresor erreicht.',
    fail:
      'Der öffentliche Netzwerkzugriff ist deaktiviert, oder die Firewall des Tresors weist ab, was nicht in ihrer ' +
      'Liste steht. Die Adressen von Data Connect sind nicht bekannt.',
    reminder: `Die Netzwerkeinstellungen des Tresors sind nicht zu sehen. ${VAULT}`,
    'not-visible': `Die Firewall des Tresors lässt sich nicht lesen. ${VAULT}`,
    remedy: 'Aktivieren Sie den öffentlichen Zugriff auf der Registerkarte „Netzwerk“ des Tresors.',
  },
  M12: {
    demand:
      'Die App ist mit Verschlüsselung genehmigt, die Datasets sind dafür geeignet (Viva Insights nicht), und ' +
      'weder PAM noch Managed Data Flows werden verwendet.',
    reminder:
      'Das zeigt keine Datei: Wenn die App nicht mit Verschlüsselung genehmigt oder ein Dataset nicht geeignet ' +
      'ist, kommen die Daten unverschlüsselt an.',
    remedy: 'Prüfen Sie das in der App und in ihrer Genehmigung, sonst kommen die Daten unverschlüsselt an.',
  },
};
