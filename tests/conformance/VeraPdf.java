import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Asks the veraPDF engine whether files keep standards, all in one run:
 * {@code java -cp ... VeraPdf.java 2a,ua1 one.pdf two.pdf}.
 *
 * <p>A line for each file and flavour says how many assertions were made and how many rules are
 * broken; each broken rule follows with its clause, how often it is broken, what it asks for, and
 * where it is broken first. Ends with 1 if any is.
 */
class VeraPdf {
    /** Examples of a broken rule that the engine keeps. */
    private static final int EXAMPLES = 1;

    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean kept = true;
        for (int at = 1; at < words.length; at++) {
            for (String flavour : words[0].split(",")) {
                kept &= check(words[at], PDFAFlavour.byFlavourId(flavour));
            }
        }
        // The engine leaves threads behind that would be waited for.
        System.exit(kept ? 0 : 1);
    }

    private static boolean check(String path, PDFAFlavour flavour) throws Exception {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = foundry.createParser(file, flavour);
                PDFAValidator validator =
                        foundry.createValidator(flavour, EXAMPLES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            tell(path, flavour, result);
            return result.isCompliant();
        }
    }

    private static void tell(String path, PDFAFlavour flavour, ValidationResult result) {
        Map<RuleId, Integer> broken = result.getFailedChecks();
        System.out.printf(
                "%s %s: %d assertions, %d rules broken%n",
                path, flavour.getId(), result.getTotalAssertions(), broken.size());
        Map<String, String> lines = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            RuleId rule = assertion.getRuleId();
            String number = rule.getClause() + "-" + rule.getTestNumber();
            lines.put(number, number + " x " + broken.get(rule) + ": " + assertion.getMessage()
                    + "\n    " + assertion.getErrorMessage()
                    + "\n    " + assertion.getLocation().getContext());
        }
        lines.values().forEach(line -> System.out.println("  " + line));
    }
}
