using System.Security.Cryptography;
using System.Text;
using FourStrands.Linkage;
using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>How records and what they say are put into words.</summary>
internal static class Subjects
{
    /// <summary>A record's title: the best name it has, or what kind of thing it is.</summary>
    public static string Title(RecordView record) =>
        record.Schema.Caption.SelectMany(p => record.Statements.Where(s => s.Property == p)).FirstOrDefault()?.Shown ?? record.Schema.Label;

    /// <summary>What stands for a value in an address or a form: short, and the same as long as the record says it.</summary>
    public static string Mark(Said said) =>
        $"{said.Record}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{said.Property.Name}\0{said.Value}")).AsSpan(0, 10))}";

    /// <summary>The line under a subject's name: its kind, and what tells it from others.</summary>
    public static string Line(EntitySummary subject) =>
        subject.Summary.StartsWith(subject.Schema.Label, StringComparison.Ordinal) ? subject.Summary
        : subject.Summary.Length == 0 ? subject.Schema.Label
        : $"{subject.Schema.Label}, {subject.Summary}";

    /// <summary>A subject's properties, names first.</summary>
    public static IEnumerable<IGrouping<Property, Said>> NamesFirst(Entity entity)
    {
        var names = entity.Schema.Caption;
        return entity.Properties.OrderBy(p => names.Select((n, i) => n.Name == p.Key.Name ? i : int.MaxValue).DefaultIfEmpty(int.MaxValue).Min());
    }

    /// <summary>A compared value as shown to a person.</summary>
    public static string Compared(Field field, string value)
    {
        var type = field switch
        {
            Field.Date => Ontology.Default["Person"]["birthDate"].Type,
            Field.Country => Ontology.Default["Thing"]["country"].Type,
            Field.Phone => Ontology.Default["LegalEntity"]["phone"].Type,
            _ => null,
        };
        return type?.Clean(value) is { } clean ? type.Show(clean) : value;
    }

    /// <summary>What a tie itself says: share, role, then since when and until when; nothing for a subject that only points at the other.</summary>
    public static IEnumerable<(string Name, string Value)> OfTie(RecordView tie) =>
        tie.Schema.Tie is null
            ? []
            : tie
                .Statements.Where(s => !s.Property.Type.IsEntity && !s.Property.IsHidden && s.Value.Length <= 200)
                .OrderBy(s =>
                    s.Property.Name is "startDate" ? 1
                    : s.Property.Name is "endDate" ? 2
                    : 0
                )
                .ThenByDescending(s => s.Property.IsFeatured)
                .ThenBy(s => s.Property.Label, StringComparer.Ordinal)
                .Select(s =>
                    (s.Property.Label, s.Property.Name == "percentage" && s.Value.All(c => char.IsAsciiDigit(c) || c == '.') ? s.Shown + "%" : s.Shown)
                );

    /// <summary>The statement by which a tie is known: it bears the tie's source, date and label.</summary>
    public static Said? BasisOf(Connection connection) =>
        connection.Tie.Statements.FirstOrDefault(s => s.Property == connection.Property) ?? (connection.Tie.Statements is [var first, ..] ? first : null);

    /// <summary>True if a subject has one value of this and the sources give several. A year and a day in it do not differ.</summary>
    public static bool SourcesDiffer(IGrouping<Property, Said> said) =>
        said.Key.Type.Name switch
        {
            "date" => PartialDates.Narrowest(said.Select(s => s.Value)).Count > 1,
            "gender" => said.Select(s => s.Value).Distinct(StringComparer.Ordinal).Skip(1).Any(),
            _ => false,
        };

    /// <summary>A compared field in words: "Registration number".</summary>
    public static string FieldName(Field field) =>
        field switch
        {
            Field.Iban => "IBAN",
            Field.Lei => "LEI",
            _ => string.Concat(field.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())),
        };

    /// <summary>A phrase as a heading.</summary>
    public static string Heading(string phrase) => phrase.Length == 0 ? phrase : char.ToUpperInvariant(phrase[0]) + phrase[1..];
}
