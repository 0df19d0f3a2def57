// Opens and verifies one CoachDesk bundle with the JDK alone (17 or newer, no library).
//
//   java Open.java encrypt.jwk device.jwk bundle.jwe region-id > bundle.json
//
// Prints the bundle's JSON only when everything fits; otherwise one line on standard error and exit code 1.
// It shows how a bundle is built; the order of numbers, withdrawals and receipts is told in docs/region.md.

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Open {
    static final int BIGGEST_FILE = 67_712;
    static final int BIGGEST_JSON = 8 << 20;

    public static void main(String[] files) throws Exception {
        if (files.length != 4) {
            System.err.println("usage: java Open.java encrypt.jwk device.jwk bundle.jwe region-id");
            System.exit(2);
        }
        try {
            byte[] json = open(read(files[0]), read(files[1]), read(files[2]), files[3]);
            System.out.write(json);
            System.out.flush();
        } catch (GeneralSecurityException | IllegalArgumentException | java.io.IOException wrong) {
            System.err.println("not opened: " + wrong.getMessage());
            System.exit(1);
        }
    }

    static byte[] open(String own, String device, String bundle, String region) throws Exception {
        must(bundle.length() <= BIGGEST_FILE, "too big");
        String[] jwe = bundle.split("\\.", -1);
        must(jwe.length == 5, "not a bundle");
        String outer = text(jwe[0]);
        must("ECDH-ES+A256KW".equals(member(outer, "alg")), "another algorithm");
        must("A256GCM".equals(member(outer, "enc")), "another cipher");
        must(!outer.contains("\"zip\"") && !outer.contains("\"crit\""), "a header that is never written");
        byte[] key = unwrap(agree(own, outer), bytes(jwe[1]));
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, bytes(jwe[2])));
        gcm.updateAAD(jwe[0].getBytes(StandardCharsets.US_ASCII));
        byte[] inner = gcm.doFinal(joined(bytes(jwe[3]), bytes(jwe[4])));
        return unpacked(verified(new String(inner, StandardCharsets.US_ASCII), device, region));
    }

    // RFC 7518 4.6: ECDH with the ephemeral key, Concat KDF to the key that wraps the content key
    static byte[] agree(String own, String outer) throws Exception {
        KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
        ecdh.init(privateKey(own));
        ecdh.doPhase(publicKey(outer), true);
        byte[] name = "ECDH-ES+A256KW".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer said = ByteBuffer.allocate(4 + name.length + 12);
        said.putInt(name.length).put(name).putInt(0).putInt(0).putInt(256);
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        hash.update(new byte[] {0, 0, 0, 1});
        hash.update(ecdh.generateSecret());
        return hash.digest(said.array());
    }

    static byte[] unwrap(byte[] under, byte[] wrapped) throws Exception {
        Cipher wrap = Cipher.getInstance("AESWrap");
        wrap.init(Cipher.UNWRAP_MODE, new SecretKeySpec(under, "AES"));
        return wrap.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
    }

    static byte[] verified(String inner, String device, String region) throws Exception {
        String[] jws = inner.split("\\.", -1);
        must(jws.length == 3, "not signed");
        String label = text(jws[0]);
        must("ES256".equals(member(label, "alg")), "another signature");
        must("coachdesk-bundle+jws".equals(member(label, "typ")), "not a bundle");
        must(region.equals(member(label, "aud")), "for another region");
        must(member(device, "kid").equals(member(label, "iss")), "from another desk");
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(publicKey(device));
        check.update((jws[0] + "." + jws[1]).getBytes(StandardCharsets.US_ASCII));
        must(check.verify(bytes(jws[2])), "the signature does not fit");
        return bytes(jws[1]);
    }

    static byte[] unpacked(byte[] packed) throws Exception {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] json = gzip.readNBytes(BIGGEST_JSON + 1);
            must(json.length <= BIGGEST_JSON, "far bigger inside than it may be");
            return json;
        }
    }

    static PublicKey publicKey(String jwk) throws Exception {
        ECPoint point = new ECPoint(number(member(jwk, "x")), number(member(jwk, "y")));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve()));
    }

    static PrivateKey privateKey(String jwk) throws Exception {
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number(member(jwk, "d")), curve()));
    }

    static ECParameterSpec curve() throws Exception {
        AlgorithmParameters found = AlgorithmParameters.getInstance("EC");
        found.init(new ECGenParameterSpec("secp256r1"));
        return found.getParameterSpec(ECParameterSpec.class);
    }

    // enough of JSON for headers and keys, whose members are plain texts; a program of your own has a parser
    static String member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(json);
        must(found.find(), "no member " + name);
        return found.group(1);
    }

    static BigInteger number(String text) {
        return new BigInteger(1, bytes(text));
    }

    static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    static String text(String part) {
        return new String(bytes(part), StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    static String read(String file) throws java.io.IOException {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
    }

    static void must(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
