namespace FourStrands.Linkage;

/// <summary>What one field added to, or took from, the belief that two records are the same subject.</summary>
/// <param name="Field">The field.</param>
/// <param name="Left">The value on the left that was compared (the best-agreeing one).</param>
/// <param name="Right">The value on the right.</param>
/// <param name="Finding">In plain words: "same surname, one letter differs in the first name".</param>
/// <param name="Bits">Weight of evidence, log2 of the likelihood ratio: positive speaks for the same subject, negative against.</param>
public sealed record Evidence(Field Field, string Left, string Right, string Finding, double Bits);

/// <summary>How likely two records are the same subject, and why.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="PriorBits">log2 odds before anything was compared.</param>
/// <param name="Evidence">What each field added or took away; sums with <paramref name="PriorBits"/> to the probability's log2 odds.</param>
public sealed record Explanation(double Probability, double PriorBits, IReadOnlyList<Evidence> Evidence);

/// <summary>Compares prepared records. Weights come from versioned reference tables, never from the store.</summary>
public static class Comparison
{
    /// <summary>At or above this probability two records are taken to be the same subject until a person says otherwise.</summary>
    public const double SameAt = 0.95;

    /// <summary>At or above this probability (and below <see cref="SameAt"/>) a person should look.</summary>
    public const double PossibleAt = 0.50;

    /// <summary>log2 odds of two records whose kinds exclude each other, such as a person and a company.</summary>
    private const int Excluded = -60000;

    /// <summary>The probability that both are the same subject; symmetric; allocates nothing.</summary>
    public static float Score(Subject left, Subject right) => Comparable(left.Kind, right.Kind) ? Probability(new Weighing(left, right, null).Total()) : 0;

    /// <summary>The same probability with its reasons.</summary>
    public static Explanation Explain(Subject left, Subject right)
    {
        if (!Comparable(left.Kind, right.Kind))
            return new Explanation(0, Excluded / 1000.0, []);
        var reasons = new List<Evidence>();
        var total = new Weighing(left, right, reasons).Total();
        return new Explanation(Probability(total), Weights.Prior / 1000.0, reasons);
    }

    private static bool Comparable(SubjectKind left, SubjectKind right) =>
        left != SubjectKind.None
        && right != SubjectKind.None
        && (left == right || (left == SubjectKind.Legal && right != SubjectKind.Vessel) || (right == SubjectKind.Legal && left != SubjectKind.Vessel));

    private static float Probability(int milliBits) => (float)(1 / (1 + Math.Pow(2, -milliBits / 1000.0)));
}
