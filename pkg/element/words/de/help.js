/** German: the help, with what the page can and cannot do with the data. */

export const help = {
  title: 'Hilfe',
  close: 'Schließen',
  use: 'Eine Lieferung entschlüsseln',
  useList: [
    'Fügen Sie den Ordner der Lieferung und ihren privaten Schlüssel hinzu, in beliebiger Reihenfolge. Die Seite ' +
      'findet heraus, was was ist, und probiert jeden Schlüssel an allem aus, was gesperrt ist.',
    'Wenn der Schlüssel in Key Vault liegt und Key Vault nicht verlassen kann, zeigt die Seite den Befehl, den Sie ' +
      'dort ausführen. Fügen Sie die Antwort hier ein.',
    'Wählen Sie aus, was Sie brauchen, und speichern Sie es, in einen Ordner oder als ZIP-Archiv. Die Lieferung ' +
      'selbst wird nie verändert.',
    'Wenn eine Datei beschädigt ist, werden die anderen trotzdem gespeichert, und die Seite sagt, was mit der ' +
      'Datei nicht stimmt.',
  ],
  paste: 'Was Sie einfügen können',
  pasteList: [
    'Einen privaten Schlüssel als PEM oder JWK.',
    'Den Text von encryptionKeyDetails.json.',
    'Was Key Vault geantwortet hat: aus az, PowerShell oder REST.',
    'Dateien, die Sie in Ihrem Dateimanager kopiert haben.',
  ],
  verified: 'Was „geprüft“ bedeutet',
  verifiedText:
    'Das Format hat keine Signatur. Wenn eine Datei eine Prüfsumme hat (gzip, zlib), prüft die Seite diese und ' +
    'sagt „geprüft“: Die Datei ist vollständig und so, wie sie geschrieben wurde. Das zeigt nicht, wer sie ' +
    'geschrieben hat. Eine Datei ohne Prüfsumme ist „nicht geprüft“: Sie ließ sich fehlerfrei entschlüsseln, aber ' +
    'eine Beschädigung lässt sich nicht ausschließen.',
  security: 'Was diese Seite mit Ihren Daten tun kann und was nicht',
  sealedList: [
    'Bevor die Seite irgendetwas liest, verbietet ihre eigene Content Security Policy fetch, XMLHttpRequest, ' +
      'WebSocket, Beacons, Bilder, Frames und Formulare. Der Browser setzt das in der Seite und in ihren Workern ' +
      'durch.',
    'Eine Content Security Policy hält nicht alles auf. Mit WebRTC kann eine Seite beliebig viele Daten an ' +
      'beliebige Empfänger senden. Wenn sie eine andere Adresse öffnet, kann sie so viel senden, wie in diese ' +
      'Adresse passt. Wenn die Policy einen Frame oder ein Formular blockiert, kann der Browser trotzdem den ' +
      'zugehörigen Hostnamen nachschlagen und sich mit ihm verbinden, und ein Name kann Daten enthalten. Nur der ' +
      'eigene Code der Seite verhindert das alles; ein Test prüft, dass er es tut.',
    'Skripte und Stylesheets kommen nur vom eigenen Host dieser Seite. Die Policy hindert die Seite nicht daran, ' +
      'von dort eines zu laden. Ihr Code könnte also etwas an diesen Host senden. Einen anderen Host kann er auf ' +
      'diesem Weg nicht erreichen.',
  ],
  dataList: [
    'Entschlüsselte Daten gelangen nur dorthin, wo Sie sie speichern. Während ein ZIP-Archiv oder eine einzelne ' +
      'Datei entsteht, kann der Browser Teile davon in seinen eigenen temporären Dateien auf diesem Computer ' +
      'ablegen. Wenn der Browser nicht direkt auf die Festplatte schreiben kann, liegt ein großes ZIP-Archiv oder ' +
      'eine große Datei entschlüsselt im privaten Speicher des Browsers auf diesem Computer, bis der Download ' +
      'abgeschlossen ist. Die Seite sagt Ihnen das vorher. Sie löscht die Kopie danach oder beim nächsten Öffnen der ' +
      'Seite.',
    'Private Schlüssel, Kennwörter und Dateischlüssel werden nur im Arbeitsspeicher gehalten. Private Schlüssel ' +
      'und Dateischlüssel werden überschrieben, wenn Sie sie entfernen, wenn Sie die Seite verlassen oder zehn ' +
      'Sekunden nachdem Sie alles entfernt haben. Text, den Sie eingeben oder einfügen, liegt im eigenen Speicher ' +
      'des Browsers, den eine Seite nicht überschreiben kann.',
  ],
  source: 'Quellcode',
  sourceText:
    'Die lesbaren Module des Skripts dieser Seite stehen neben dem Skript in page.min.js.map, wo die ' +
    'Entwicklertools Ihres Browsers sie anzeigen. Das WebAssembly-Modul ist aus Rust-Code kompiliert, der hier ' +
    'nicht bereitgestellt wird; die Version unten auf der Seite nennt die Revision, aus der es gebaut wurde.',
};
