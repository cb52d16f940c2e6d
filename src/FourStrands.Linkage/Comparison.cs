namespace FourStrands.Linkage;

/// <summary>A record's values, prepared once for being compared many times. Immutable and compact.</summary>
public sealed class Subject
{
    /// <summary>Prepares the values.</summary>
    public static Subject Prepare(SubjectKind kind, ReadOnlySpan<FieldValue> values) => throw new NotSupportedException();

    /// <summary>What it is.</summary>
    public SubjectKind Kind => throw new NotSupportedException();
}

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

    /// <summary>The probability that both are the same subject; symmetric; allocates nothing.</summary>
    public static float Score(Subject left, Subject right) => throw new NotSupportedException();

    /// <summary>The same probability with its reasons.</summary>
    public static Explanation Explain(Subject left, Subject right) => throw new NotSupportedException();
}
