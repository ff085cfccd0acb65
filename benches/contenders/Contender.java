import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a developer writes with Java's streams: {@code Contender KEY IV OUT FILE…}, key and IV in hexadecimal. */
class Contender {
  private static final int PIECE = 1 << 16;

  public static void main(String[] arguments) throws Exception {
    var key = new SecretKeySpec(HexFormat.of().parseHex(arguments[0]), "AES");
    var iv = new IvParameterSpec(HexFormat.of().parseHex(arguments[1]));
    for (int index = 3; index < arguments.length; index++) {
      var source = Path.of(arguments[index]);
      var target = Path.of(arguments[2]).resolve(source.getFileName());
      var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
      aes.init(Cipher.DECRYPT_MODE, key, iv);
      try (var encrypted = new FileInputStream(source.toFile());
          var plaintext = new GZIPInputStream(new CipherInputStream(encrypted, aes), PIECE);
          var output = new FileOutputStream(target.toFile())) {
        plaintext.transferTo(output);
      }
    }
  }
}
