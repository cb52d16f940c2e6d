using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FourStrands.Linkage;

/// <summary>Which rules scores are worked out by: kept scores of other rules are out of date.</summary>
public static class ComparisonScheme
{
    private static readonly string[][] PeopleNames =
    [
        ["Mhairi McExample"],
        ["McExample, Mhairi Jane"],
        ["Mairi Mac Example", "Mhairi Other-Example"],
        ["Aleksandr Testov"],
        ["Александр Тестов"],
        ["Alexandre Testow jun."],
        ["Testov"],
        ["A. B. Testov"],
    ];

    private static readonly string[][] BodyNames =
    [
        ["Example Haulage & Waste Limited"],
        ["Example Haulage and Waste Ltd"],
        ["Exampel Haulage Ltd (Scotland)"],
        ["Example Waste LLP", "Example Haulage & Waste Limited"],
        ["Obschestvo Primer OOO"],
        ["EHW Ltd"],
    ];

    private static readonly FieldValue[][] Others =
    [
        [],
        [new(Field.Date, "1971-03-04"), new(Field.Country, "gb"), new(Field.Gender, "female")],
        [new(Field.Date, "1971-04-03"), new(Field.Address, "14 Example Road, Exampleton, EX1 2MP"), new(Field.Phone, "+441314960000")],
        [new(Field.Date, "1971"), new(Field.Email, "someone@example.org"), new(Field.RegistrationNumber, "gb:SC000001"), new(Field.Passport, "X0000001")],
        [new(Field.Date, "1950-01-01"), new(Field.Country, "ru"), new(Field.RegistrationNumber, "gb:SC000002"), new(Field.Passport, "X0000002")],
    ];

    /// <summary>
    /// A digest of the tables that scores come from and of the scores of some made-up pairs. It is the same in every build of the same
    /// rules. A change of the code that no pair tells apart needs <see cref="ReferenceTables.Version"/> raised.
    /// </summary>
    public static byte[] Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(BitConverter.GetBytes(ReferenceTables.Version));
        var assembly = typeof(ComparisonScheme).Assembly;
        foreach (string table in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(table)!;
            digest.AppendData(SHA256.HashData(stream));
        }
        var scores = Scores(SubjectKind.Person, PeopleNames);
        scores.AddRange(Scores(SubjectKind.Organisation, BodyNames));
        digest.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(scores)));
        return digest.GetHashAndReset();
    }

    private static List<float> Scores(SubjectKind kind, string[][] names)
    {
        Subject[] subjects =
        [
            .. from own in names from others in Others select Subject.Prepare(kind, [.. own.Select(name => new FieldValue(Field.Name, name)), .. others]),
        ];
        List<float> scores = [];
        for (int left = 0; left < subjects.Length; left++)
        {
            for (int right = left + 1; right < subjects.Length; right++)
                scores.Add(Comparison.Score(subjects[left], subjects[right]));
        }
        return scores;
    }
}
