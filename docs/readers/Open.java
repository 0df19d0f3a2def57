// Opens and verifies bundles of CoachDesk with the JDK alone: version 17 or newer, no library.
//
//   java Open.java KEYS DEVICES REGION-ID TARGET BUNDLE...
//
// KEYS/encrypt*.jwk are the region's private keys, DEVICES/<id>.jwk the desks' public ones.  Of each BUNDLE that
// is whole, for this region and from an enrolled desk, TARGET gets the JSON and one line on standard output tells
// its label; of any other nothing is written but one line on standard error.  Exit code 0 all opened, 1 one was
// refused, 2 wrong use.  What a receiver does with the items is told in docs/protocol.md.

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Open {
    static final int BIGGEST_FILE = 67_712;
    static final int BIGGEST_JSON = 8 << 20;
    static final int MOST_PARTS = 600_000;
    static final int MOST_ITEMS = 500;

    static final Map<String, String> OUTER = Map.of(
            "alg", "ECDH-ES+A256KW", "enc", "A256GCM", "typ", "coachdesk-bundle+jwe", "cty", "JOSE");
    static final Map<String, String> INNER = Map.of(
            "alg", "ES256", "typ", "coachdesk-bundle+jws", "cty", "application/gzip");

    final String region;
    final Map<String, PrivateKey> own = new HashMap<>();
    final Path devices;

    public static void main(String[] words) throws Exception {
        if (words.length < 5) {
            System.err.println("usage: java Open.java KEYS DEVICES REGION-ID TARGET BUNDLE...");
            System.exit(2);
        }
        Open reader = new Open(Path.of(words[0]), Path.of(words[1]), words[2]);
        boolean refused = false;
        for (String bundle : Arrays.asList(words).subList(4, words.length)) {
            refused |= !reader.openInto(Path.of(words[3]), Path.of(bundle));
        }
        System.exit(refused ? 1 : 0);
    }

    Open(Path keys, Path devices, String region) throws Exception {
        this.devices = devices;
        this.region = region;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(keys, "encrypt*.jwk")) {
            for (Path file : files) {
                Map<String, Object> jwk = Json.object(Files.readAllBytes(file));
                own.put(thumbprint(jwk), privateKey(jwk));
            }
        }
    }

    boolean openInto(Path target, Path bundle) throws IOException {
        try {
            Opened opened = open(start(bundle));
            writeWhole(target, bundle.getFileName() + ".json", opened.json);
            System.out.println(bundle.getFileName() + " " + opened.label);
            return true;
        } catch (Refused | GeneralSecurityException | IllegalArgumentException wrong) {
            System.err.println(bundle.getFileName() + ": " + reason(wrong));
            return false;
        }
    }

    // From the outside in: the seal, the signature, the gzip, the JSON ------------------------------------------

    Opened open(byte[] content) throws GeneralSecurityException {
        must(content.length <= BIGGEST_FILE, "too big to be a bundle");
        byte[] inner = unsealed(text(content));
        String[] jws = parts(text(inner), 3);
        Map<String, Object> label = label(jws[0]);
        verify(jws, device((String) label.get("iss")));
        byte[] json = unpacked(bytes(jws[1]));
        must(parts(json) <= MOST_PARTS, "far bigger inside than it may be");
        mustBeBundle(Json.object(json));
        return new Opened(json, told(label) + " sha256=" + HexFormat.of().formatHex(sha256(content)));
    }

    /** RFC 7516 5.2: what the region's key opens, unchanged. */
    byte[] unsealed(String content) throws GeneralSecurityException {
        String[] jwe = parts(content, 5);
        Map<String, Object> header = header(jwe[0], OUTER, Set.of("kid", "epk"));
        PrivateKey key = own.get(String.valueOf(header.get("kid")));
        must(key != null, "sealed for another region, or for a key that is not here");
        must(header.get("epk") instanceof Map, "no ephemeral key");
        byte[] wrapping = agreed(key, publicKey(members(header.get("epk"))));
        byte[] nonce = bytes(jwe[2]);
        byte[] tag = bytes(jwe[4]);
        must(nonce.length == 12 && tag.length == 16, "a nonce or a tag of another length");

        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec contentKey = new SecretKeySpec(unwrapped(wrapping, bytes(jwe[1])), "AES");
        gcm.init(Cipher.DECRYPT_MODE, contentKey, new GCMParameterSpec(128, nonce));
        gcm.updateAAD(jwe[0].getBytes(StandardCharsets.US_ASCII));
        return gcm.doFinal(joined(bytes(jwe[3]), tag));
    }

    /** RFC 7518 4.6: ECDH with the ephemeral key, then Concat KDF to the key that wraps the content key. */
    static byte[] agreed(PrivateKey own, PublicKey ephemeral) throws GeneralSecurityException {
        KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
        ecdh.init(own);
        ecdh.doPhase(ephemeral, true);
        byte[] algorithm = OUTER.get("alg").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer kdf = ByteBuffer.allocate(4 + 32 + 4 + algorithm.length + 12);
        kdf.putInt(1).put(ecdh.generateSecret()).putInt(algorithm.length).put(algorithm);
        kdf.putInt(0).putInt(0).putInt(256); // no apu, no apv, 256 bits wanted
        return sha256(kdf.array());
    }

    /** RFC 3394. */
    static byte[] unwrapped(byte[] wrapping, byte[] wrapped) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
        byte[] key = cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
        must(key.length == 32, "a content key of another length");
        return key;
    }

    Map<String, Object> label(String part) {
        Map<String, Object> label = header(part, INNER, Set.of("kid", "aud", "iss", "epoch", "seq", "prev", "iat"));
        mustMatch(label, "iss", "[A-Za-z0-9_-]{43}");
        mustMatch(label, "aud", "[a-z0-9][a-z0-9-]{0,39}");
        mustMatch(label, "prev", "(?:[0-9a-f]{64})?");
        mustCount(label, "epoch", 1);
        mustCount(label, "seq", 1);
        mustCount(label, "iat", 0);
        must(label.get("kid").equals(label.get("iss")), "a key that is not the desk's");
        must(label.get("aud").equals(region), "meant for another region");
        return label;
    }

    /** RFC 7515 5.2 with RFC 7518 3.4: the signature is the two numbers r and s of 32 bytes each. */
    static void verify(String[] jws, PublicKey desk) throws GeneralSecurityException {
        byte[] signature = bytes(jws[2]);
        must(signature.length == 64, "a signature of another length");
        BigInteger order = curve().getOrder();
        for (int half = 0; half < 64; half += 32) {
            BigInteger number = new BigInteger(1, Arrays.copyOfRange(signature, half, half + 32));
            must(number.signum() > 0 && number.compareTo(order) < 0, "the signature does not fit");
        }
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(desk);
        check.update((jws[0] + "." + jws[1]).getBytes(StandardCharsets.US_ASCII));
        must(check.verify(signature), "the signature does not fit");
    }

    /** RFC 1952: one member, its check sum right, nothing after it, at most 8 MiB. */
    static byte[] unpacked(byte[] packed) {
        must(packed.length >= 18 && packed[0] == 0x1f && packed[1] == (byte) 0x8b && packed[2] == 8, "not gzip");
        int start = afterHead(packed);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed, start, packed.length - start);
            byte[] json = inflated(inflater);
            must(inflater.getRemaining() == 8, "something before or after the gzip");
            ByteBuffer end = ByteBuffer.wrap(packed, packed.length - 8, 8).order(ByteOrder.LITTLE_ENDIAN);
            CRC32 sum = new CRC32();
            sum.update(json);
            must(end.getInt() == (int) sum.getValue() && end.getInt() == json.length, "damaged gzip");
            return json;
        } catch (DataFormatException wrong) {
            throw new Refused("damaged gzip");
        } finally {
            inflater.end();
        }
    }

    /** Where the deflated text begins: after an extra part, a name, a comment and a check sum, where there are. */
    static int afterHead(byte[] packed) {
        int flags = packed[3];
        ByteBuffer rest = ByteBuffer.wrap(packed, 10, packed.length - 18).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if ((flags & 4) != 0) {
                rest.position(rest.position() + 2 + rest.getShort(rest.position()));
            }
            for (int text = flags & 24; text != 0; text &= text - 1) {
                while (rest.get() != 0) {
                }
            }
            return rest.position() + ((flags & 2) != 0 ? 2 : 0);
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException wrong) {
            throw new Refused("damaged gzip");
        }
    }

    static byte[] inflated(Inflater inflater) throws DataFormatException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        byte[] some = new byte[64 << 10];
        while (!inflater.finished()) {
            int count = inflater.inflate(some);
            must(count > 0 || inflater.finished(), "damaged gzip");
            must(json.size() + count <= BIGGEST_JSON, "far bigger inside than it may be");
            json.write(some, 0, count);
        }
        return json.toByteArray();
    }

    /** Signs that begin or part values: what is small as text may be big as objects. */
    static int parts(byte[] json) {
        int found = 0;
        for (byte one : json) {
            found += one == '[' || one == '{' || one == ',' ? 1 : 0;
        }
        return found;
    }

    static void mustBeBundle(Map<String, Object> bundle) {
        must(Long.valueOf(1).equals(bundle.get("bundle")), "of a version that this program does not know");
        must(bundle.keySet().equals(Set.of("bundle", "items", "pad")), "not of the form that is agreed");
        must(bundle.get("pad") instanceof String, "not of the form that is agreed");
        must(bundle.get("items") instanceof List, "not of the form that is agreed");
        must(((List<?>) bundle.get("items")).size() <= MOST_ITEMS, "more items than a bundle holds");
    }

    // Headers: exactly the members that are agreed, so no zip, no crit, no b64, and never "none" -----------------

    static Map<String, Object> header(String part, Map<String, String> fixed, Set<String> others) {
        Map<String, Object> header = Json.object(bytes(part));
        fixed.forEach((name, value) -> must(value.equals(header.get(name)), "another " + name + " than is agreed"));
        Set<String> names = new java.util.HashSet<>(fixed.keySet());
        names.addAll(others);
        must(header.keySet().equals(names), "a header that is never written");
        return header;
    }

    static void mustMatch(Map<String, Object> label, String name, String form) {
        boolean fits = label.get(name) instanceof String text && Pattern.matches(form, text);
        must(fits, "no right " + name);
    }

    static void mustCount(Map<String, Object> label, String name, long least) {
        must(label.get(name) instanceof Long number && number >= least && number < 1L << 53, "no right " + name);
    }

    static String told(Map<String, Object> label) {
        return "iss=" + label.get("iss") + " epoch=" + label.get("epoch") + " seq=" + label.get("seq")
                + " prev=" + label.get("prev");
    }

    // Keys: points on P-256, named by their thumbprint -----------------------------------------------------------

    /** The file holds the key for signatures, alone or in a set with the key for letters. */
    PublicKey device(String id) throws GeneralSecurityException {
        Path file = devices.resolve(id + ".jwk");
        must(Files.isRegularFile(file), "from a desk that is not enrolled");
        Map<String, Object> found = Json.object(start(file));
        List<?> keys = found.get("keys") instanceof List<?> set ? set : List.of(found);
        for (Object key : keys) {
            if (key instanceof Map && thumbprint(members(key)).equals(id)) {
                return publicKey(members(key));
            }
        }
        throw new Refused("the desk's file holds another key");
    }

    static PublicKey publicKey(Map<String, Object> jwk) throws GeneralSecurityException {
        must("EC".equals(jwk.get("kty")) && "P-256".equals(jwk.get("crv")), "another kind of key");
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        must(isOnCurve(point), "a key that is no point on the curve");
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve()));
    }

    static PrivateKey privateKey(Map<String, Object> jwk) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), curve()));
    }

    static boolean isOnCurve(ECPoint point) throws GeneralSecurityException {
        BigInteger prime = ((ECFieldFp) curve().getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3).add(curve().getCurve().getA().multiply(x)).add(curve().getCurve().getB());
        return x.compareTo(prime) < 0 && y.compareTo(prime) < 0 && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters found = AlgorithmParameters.getInstance("EC");
        found.init(new ECGenParameterSpec("secp256r1"));
        return found.getParameterSpec(ECParameterSpec.class);
    }

    /** RFC 7638. */
    static String thumbprint(Map<String, Object> jwk) throws GeneralSecurityException {
        String form = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}";
        String core = String.format(form, jwk.get("x"), jwk.get("y"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(core.getBytes(StandardCharsets.UTF_8)));
    }

    static BigInteger number(Map<String, Object> jwk, String name) {
        must(jwk.get(name) instanceof String, "a key without " + name);
        byte[] found = bytes((String) jwk.get(name));
        must(found.length == 32, "a key of another length");
        return new BigInteger(1, found);
    }

    // Bytes and texts --------------------------------------------------------------------------------------------

    static String[] parts(String content, int count) {
        String[] found = content.split("\\.", -1);
        must(found.length == count, "not a bundle");
        return found;
    }

    /** base64url without padding, written in the one way that leaves no bit unsaid (RFC 4648 3.5). */
    static byte[] bytes(String text) {
        byte[] found = Base64.getUrlDecoder().decode(text);
        must(Base64.getUrlEncoder().withoutPadding().encodeToString(found).equals(text), "not in base64url");
        return found;
    }

    static String text(byte[] content) {
        for (byte one : content) {
            must(one > 0, "not a bundle");
        }
        return new String(content, StandardCharsets.US_ASCII);
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    static byte[] sha256(byte[] content) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> members(Object value) {
        return (Map<String, Object>) value;
    }

    /** A file from outside, never more of it than one byte too many. */
    static byte[] start(Path file) {
        try (java.io.InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(BIGGEST_FILE + 1);
        } catch (IOException wrong) {
            throw new Refused("cannot be read");
        }
    }

    /** By way of a half file that only the owner reads: a stop leaves the whole file or none. */
    static void writeWhole(Path target, String name, byte[] json) throws IOException {
        Files.createDirectories(target);
        Path half = Files.createTempFile(target, ".opening", ".half"); // mode 0600
        Files.write(half, json);
        Files.move(half, target.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String reason(Exception wrong) {
        return wrong instanceof Refused ? wrong.getMessage() : "damaged or changed";
    }

    static void must(boolean holds, String otherwise) {
        if (!holds) {
            throw new Refused(otherwise);
        }
    }

    record Opened(byte[] json, String label) {}

    static class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }
    }

    // JSON read strictly: UTF-8, no member twice, nothing after the end ------------------------------------------

    static class Json {
        static final int DEEPEST = 64;
        final String text;
        int at = 0;

        Json(String text) {
            this.text = text;
        }

        static Map<String, Object> object(byte[] content) {
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
                Json json = new Json(text);
                Object value = json.value(0);
                json.skipSpace();
                must(json.at == text.length() && value instanceof Map, "not JSON, or damaged");
                return members(value);
            } catch (CharacterCodingException | IndexOutOfBoundsException | NumberFormatException wrong) {
                throw new Refused("not JSON, or damaged");
            }
        }

        Object value(int depth) {
            must(depth < DEEPEST, "JSON that is far too deep");
            skipSpace();
            switch (text.charAt(at)) {
                case '{':
                    return object(depth);
                case '[':
                    return array(depth);
                case '"':
                    return string();
                case 't':
                    return word("true", Boolean.TRUE);
                case 'f':
                    return word("false", Boolean.FALSE);
                case 'n':
                    return word("null", null);
                default:
                    return number();
            }
        }

        Map<String, Object> object(int depth) {
            Map<String, Object> found = new LinkedHashMap<>();
            at++;
            while (!ends('}', found.isEmpty())) {
                skipSpace();
                String name = string();
                skipSpace();
                expect(':');
                must(!found.containsKey(name), "a member stands twice");
                found.put(name, value(depth + 1));
            }
            return found;
        }

        List<Object> array(int depth) {
            List<Object> found = new ArrayList<>();
            at++;
            while (!ends(']', found.isEmpty())) {
                found.add(value(depth + 1));
            }
            return found;
        }

        boolean ends(char end, boolean first) {
            skipSpace();
            if (text.charAt(at) == end) {
                at++;
                return true;
            }
            if (!first) {
                expect(',');
                skipSpace();
                must(text.charAt(at) != end, "not JSON, or damaged");
            }
            return false;
        }

        String string() {
            StringBuilder found = new StringBuilder();
            expect('"');
            while (text.charAt(at) != '"') {
                char one = text.charAt(at++);
                must(one >= ' ', "not JSON, or damaged");
                found.append(one == '\\' ? escaped() : one);
            }
            at++;
            return found.toString();
        }

        char escaped() {
            char one = text.charAt(at++);
            if (one == 'u') {
                String digits = text.substring(at, at += 4);
                must(digits.matches("[0-9A-Fa-f]{4}"), "not JSON, or damaged");
                return (char) Integer.parseInt(digits, 16);
            }
            int place = "\"\\/bfnrt".indexOf(one);
            must(place >= 0, "not JSON, or damaged");
            return "\"\\/\b\f\n\r\t".charAt(place);
        }

        /** A whole number that every language holds, else a broken one, which only unknown items have. */
        Object number() {
            int from = at;
            while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String digits = text.substring(from, at);
            if (digits.matches("-?(?:0|[1-9][0-9]{0,15})")) {
                return Long.valueOf(digits);
            }
            must(digits.matches("-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?"), "not JSON, or damaged");
            return Double.valueOf(digits);
        }

        Object word(String word, Object meaning) {
            must(text.startsWith(word, at), "not JSON, or damaged");
            at += word.length();
            return meaning;
        }

        void expect(char one) {
            must(text.charAt(at) == one, "not JSON, or damaged");
            at++;
        }

        void skipSpace() {
            while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
