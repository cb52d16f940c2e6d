using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FourStrands.Linkage.Tests;

public sealed class ComparisonSchemeTests
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
    /// If this fails, the code gives other scores than it did: raise <see cref="ComparisonScheme.Version"/>, so that stores work their matches
    /// out anew, and write the version and the digest here.
    /// </summary>
    [Fact]
    public void Other_scores_have_another_version()
    {
        var scores = Scores(SubjectKind.Person, PeopleNames);
        scores.AddRange(Scores(SubjectKind.Organisation, BodyNames));
        string digest = Convert.ToHexString(SHA256.HashData(CollectionsMarshal.AsSpan(scores)));
        Assert.Equal("3 704EF02DB11842FB", $"{ComparisonScheme.Version} {digest[..16]}");
    }

    private static List<byte> Scores(SubjectKind kind, string[][] names)
    {
        Subject[] subjects =
        [
            .. from own in names from others in Others select Subject.Prepare(kind, [.. own.Select(name => new FieldValue(Field.Name, name)), .. others]),
        ];
        List<byte> scores = [];
        for (int left = 0; left < subjects.Length; left++)
        {
            for (int right = left + 1; right < subjects.Length; right++)
                scores.Add((byte)MathF.Round(Comparison.Score(subjects[left], subjects[right]) * 255));
        }
        return scores;
    }
}
