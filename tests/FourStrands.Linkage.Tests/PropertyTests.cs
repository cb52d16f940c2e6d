using System.Diagnostics;
using CsCheck;

namespace FourStrands.Linkage.Tests;

public sealed class PropertyTests
{
    private static readonly string[] Words =
    [
        "John",
        "Jon",
        "Smith",
        "Smyth",
        "Mohammed",
        "Ali",
        "al-Din",
        "bin",
        "Сергей",
        "Лавров",
        "محمد",
        "Urquhart",
        "Ltd",
        "GmbH",
        "Holdings",
        "O'Neill",
        "J.",
        "李",
        "王小明",
        "欧阳",
        "上官",
        "司徒",
        "王小明王小明王小明王小明",
        "김정은",
        "Mac Donald",
        "\uD800",
        "नरेन्द्र",
    ];

    private static readonly Gen<string> Name = Gen.Int[0, Words.Length - 1].Array[1, 5].Select(a => string.Join(' ', a.Select(i => Words[i])));

    private static readonly Gen<FieldValue> Value = Gen.OneOf(
        Name.Select(n => new FieldValue(Field.Name, n)),
        Name.Select(n => new FieldValue(Field.WeakName, n)),
        Gen.Int[0, Words.Length - 1].Select(i => new FieldValue(Field.FirstName, Words[i])),
        Gen.Int[0, Words.Length - 1].Select(i => new FieldValue(Field.LastName, Words[i])),
        Gen.Select(Gen.Int[1940, 1945], Gen.Int[0, 13], Gen.Int[0, 31])
            .Select(
                (y, m, d) =>
                    new FieldValue(
                        Field.Date,
                        m == 0 ? $"{y}"
                            : d == 0 ? $"{y}-{m:D2}"
                            : $"{y}-{m:D2}-{d:D2}"
                    )
            ),
        Of("gb", "UK", "ru", "x", "Russian Federation").Select(c => new FieldValue(Field.Country, c)),
        Of("male", "female", "other", "").Select(c => new FieldValue(Field.Gender, c)),
        Of("4 Shore Street, Ullapool IV26 2UJ", "4 Shore St Ullapool", "7 High Road, Oban").Select(c => new FieldValue(Field.Address, c)),
        Of("01854 612345", "+441854612345", "nonsense").Select(c => new FieldValue(Field.Phone, c)),
        Of("gb:SC123456", "SC123456", "gb:1", "ie:1").Select(c => new FieldValue(Field.RegistrationNumber, c)),
        Gen.Select(Gen.Int[0, 20], Gen.String).Select((f, s) => new FieldValue((Field)f, s))
    );

    private static Gen<string> Of(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static readonly Gen<FieldValue[]> Values = Value.Array[0, 8];

    private static readonly Gen<SubjectKind> Kind = Gen.Enum<SubjectKind>();

    /// <summary>The same three words in many orders and writings: more pairs of names than are compared letter by letter, and all alike.</summary>
    private static Gen<FieldValue[]> ManyNames(params string[] words) =>
        Gen.Select(Gen.Shuffle(words).Array[8, 15], Gen.Int[0, 2].Array[45])
            .Select(
                (names, writing) =>
                    names
                        .Select((name, n) => string.Join(' ', name.Select((word, w) => Written(word, writing[(n * 3) + w]))))
                        .Select(name => new FieldValue(Field.Name, name))
                        .ToArray()
            );

    private static string Written(string word, int how) =>
        how switch
        {
            0 => word,
            1 => word.ToUpperInvariant(),
            _ => word.ToLowerInvariant(),
        };

    [Fact]
    public void Score_of_many_names_is_symmetric() =>
        Gen.Select(ManyNames("Anna", "Maria", "Smith"), ManyNames("Anna", "Maria", "Jones"), Gen.Bool)
            .Sample(
                (a, b, passport) =>
                {
                    FieldValue[] more = passport ? [new(Field.Passport, "925665123")] : [];
                    var left = Subject.Prepare(SubjectKind.Person, [.. a, .. more]);
                    var right = Subject.Prepare(SubjectKind.Person, [.. b, .. more]);
                    return Comparison.Score(left, right) == Comparison.Score(right, left);
                },
                iter: 2000
            );

    [Fact]
    public void Score_is_symmetric_and_is_what_is_explained() =>
        Gen.Select(Kind, Kind, Values, Values)
            .Sample(
                (k, l, a, b) =>
                {
                    var left = Subject.Prepare(k, a);
                    var right = Subject.Prepare(l, b);
                    var score = Comparison.Score(left, right);
                    var why = Comparison.Explain(left, right);
                    var odds = why.PriorBits + why.Evidence.Sum(e => e.Bits);
                    return score is >= 0 and <= 1
                        && score == Comparison.Score(right, left)
                        && score == (float)why.Probability
                        && Math.Abs(score - (1 / (1 + Math.Pow(2, -odds)))) < 1e-5;
                }
            );

    [Fact]
    public void The_order_of_values_does_not_matter() =>
        Gen.Select(Kind, Values, Values, Gen.Int)
            .Sample(
                (kind, a, b, seed) =>
                {
                    var shuffled = a.OrderBy(v => Mixed(v.Value, seed)).ThenBy(v => v.Field).ToArray();
                    var other = Subject.Prepare(kind, b);
                    return Comparison.Score(Subject.Prepare(kind, a), other) == Comparison.Score(Subject.Prepare(kind, shuffled), other)
                        && Keys(kind, a).SetEquals(Keys(kind, shuffled));
                }
            );

    [Fact]
    public void Agreement_never_lowers_the_score() =>
        Gen.Select(Gen.Bool.Select(b => b ? SubjectKind.Person : SubjectKind.Organisation), Values, Values, Value)
            .Where((_, a, b, v) => Plain(v) && a.Concat(b).All(Plain))
            .Sample(
                (kind, a, b, more) =>
                {
                    var before = Comparison.Score(Subject.Prepare(kind, a), Subject.Prepare(kind, b));
                    var after = Comparison.Score(Subject.Prepare(kind, [.. a, more]), Subject.Prepare(kind, [.. b, more]));
                    return after >= before;
                }
            );

    [Fact]
    public void Keys_of_some_values_are_among_the_keys_of_all() =>
        Gen.Select(Kind, Values, Gen.Int[0, 7])
            .Sample(
                (kind, values, without) =>
                {
                    var fewer = values.Where((_, i) => i != without).ToArray();
                    return Keys(kind, fewer).IsSubsetOf(Keys(kind, values)) && ScreeningKeys(kind, fewer).IsSubsetOf(ScreeningKeys(kind, values));
                }
            );

    [Fact]
    public void Screening_keys_hold_the_name_keys() =>
        Name.Sample(n =>
            BlockingTests
                .Link(SubjectKind.Person, new FieldValue(Field.Name, n))
                .IsSubsetOf(BlockingTests.Screen(SubjectKind.Person, new FieldValue(Field.Name, n)))
        );

    [Fact]
    public void No_text_is_too_strange() =>
        Gen.Select(Kind, Gen.Int[0, 20], Gen.String[Gen.Char, 0, 700])
            .Sample(
                (kind, field, text) =>
                {
                    FieldValue[] values = [new((Field)field, text)];
                    var subject = Subject.Prepare(kind, values);
                    Comparison.Explain(subject, subject);
                    Keys(kind, values);
                    ScreeningKeys(kind, values);
                    NameComparison.Similarity(kind, text, "John Smith");
                }
            );

    [Fact]
    public void Very_long_values_are_taken()
    {
        foreach (
            var text in (string[])
                [new string('x', 1 << 20), new string('\uD800', 1 << 20), new string('.', 1 << 20), string.Concat(Enumerable.Repeat("ab ", 1 << 18))]
        )
        {
            FieldValue[] values = [.. Enum.GetValues<Field>().Select(f => new FieldValue(f, text))];
            foreach (var kind in Enum.GetValues<SubjectKind>())
            {
                var subject = Subject.Prepare(kind, values);
                Comparison.Explain(subject, subject);
                Keys(kind, values);
                ScreeningKeys(kind, values);
            }
        }
    }

    [Fact]
    public void Ten_thousand_aliases_are_compared_within_a_bound()
    {
        static FieldValue[] Aliases(int from) =>
            [.. Enumerable.Range(from, 10_000).Select(i => new FieldValue(Field.Name, $"Alias{i * 7919 % 10_007:x} Family{i * 104_729 % 5_003:x}"))];
        FieldValue[] a = Aliases(0),
            b = Aliases(9_999);
        var watch = Stopwatch.StartNew();
        var left = Subject.Prepare(SubjectKind.Person, a);
        var right = Subject.Prepare(SubjectKind.Person, b);
        var score = Comparison.Score(left, right);
        Assert.Equal(score, Comparison.Score(right, left));
        Assert.True(score > 0.5, "one alias is shared");
        Assert.True(ScreeningKeys(SubjectKind.Person, a).Count < 400_000);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "a bound, not a measure");
    }

    [Fact]
    public void Score_allocates_nothing()
    {
        var left = Subject.Prepare(
            SubjectKind.Person,
            [
                new(Field.Name, "Сергей Лавров"),
                new(Field.Date, "1950-03-21"),
                new(Field.Country, "ru"),
                new(Field.Phone, "01854612345"),
                new(Field.Address, "4 Shore Street"),
            ]
        );
        var right = Subject.Prepare(
            SubjectKind.Person,
            [
                new(Field.Name, "Lavrov, Sergei V."),
                new(Field.Date, "1950"),
                new(Field.Country, "ru"),
                new(Field.Phone, "01854612346"),
                new(Field.Address, "4 Shore St"),
            ]
        );
        var sum = Comparison.Score(left, right);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            sum += Comparison.Score(left, right);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    /// <summary>Values whose agreement is of one field alone: halves of names make names with the other half.</summary>
    private static bool Plain(FieldValue value) => value.Field is not (Field.FirstName or Field.LastName);

    private static int Mixed(string text, int seed) => text.Aggregate(seed, (h, c) => unchecked((h * 31) + c));

    private static HashSet<ulong> Keys(SubjectKind kind, FieldValue[] values) => BlockingTests.Link(kind, values);

    private static HashSet<ulong> ScreeningKeys(SubjectKind kind, FieldValue[] values) => BlockingTests.Screen(kind, values);
}
