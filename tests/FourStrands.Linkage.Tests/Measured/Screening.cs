using System.Xml.Linq;

namespace FourStrands.Linkage.Measured;

/// <summary>Screens queries against the list of the United Nations as the product does: keys, then scores.</summary>
internal sealed class Screening
{
    public const string List = "data/registers/un/UN_consolidated.xml";
    public const string Positives = "data/names/positives_un_treated.csv";
    public const string Untreated = "data/names/positives_un_untreated.csv";
    public const string Negatives = "data/names/negatives_global.csv";

    private static readonly string[] NameParts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];

    private static readonly (Field Field, string Column)[] Columns =
    [
        (Field.Name, "full_name"),
        (Field.Gender, "gender"),
        (Field.Date, "date_of_birth"),
        (Field.BirthPlace, "place_of_birth"),
        (Field.Country, "nationality"),
    ];

    private readonly Dictionary<ulong, List<int>> keys = [];
    private readonly List<Subject> subjects = [];
    private readonly HashSet<int> candidates = [];
    private readonly List<BlockingKey> found = [];

    public Screening(string file)
    {
        foreach (var individual in XDocument.Load(file).Descendants("INDIVIDUAL"))
        {
            var values = Values(individual);
            Names.Add(values[0].Value);
            found.Clear();
            Blocking.ScreeningKeys(SubjectKind.Person, values.ToArray(), found);
            foreach (var key in found)
            {
                if (!keys.TryGetValue(key.Hash, out var list))
                    keys.Add(key.Hash, list = []);
                if (list.Count == 0 || list[^1] != subjects.Count)
                    list.Add(subjects.Count);
            }

            subjects.Add(Subject.Prepare(SubjectKind.Person, values.ToArray()));
        }
    }

    public List<string> Names { get; } = [];

    public long Compared { get; private set; }

    public int Queries { get; private set; }

    /// <summary>The best score of a query, and whose it is.</summary>
    public (float Score, int Who) Best(Dictionary<string, string> query)
    {
        var values = Query(query).ToArray();
        found.Clear();
        Blocking.ScreeningKeys(SubjectKind.Person, values, found);
        candidates.Clear();
        foreach (var key in found)
        {
            if (keys.TryGetValue(key.Hash, out var list))
                candidates.UnionWith(list);
        }

        var subject = Subject.Prepare(SubjectKind.Person, values);
        Queries++;
        Compared += candidates.Count;
        var best = (Score: 0f, Who: -1);
        foreach (var c in candidates)
        {
            var score = Comparison.Score(subject, subjects[c]);
            if (score > best.Score)
                best = (score, c);
        }

        return best;
    }

    public Explanation Explain(Dictionary<string, string> query, int who) =>
        Comparison.Explain(Subject.Prepare(SubjectKind.Person, [.. Query(query)]), subjects[who]);

    private static IEnumerable<FieldValue> Query(Dictionary<string, string> row)
    {
        foreach (var (field, column) in Columns)
        {
            if (row.TryGetValue(column, out var value) && value.Length > 0)
                yield return new FieldValue(field, value);
        }
    }

    private static List<FieldValue> Values(XElement individual)
    {
        var values = new List<FieldValue>();
        void Add(Field field, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                values.Add(new FieldValue(field, value.Trim()));
        }

        Add(Field.Name, string.Join(' ', NameParts.Select(n => individual.Element(n)?.Value.Trim()).Where(v => !string.IsNullOrEmpty(v))));
        Add(Field.Name, individual.Element("NAME_ORIGINAL_SCRIPT")?.Value);
        foreach (var alias in individual.Elements("INDIVIDUAL_ALIAS"))
            Add(alias.Element("QUALITY")?.Value is "Low" ? Field.WeakName : Field.Name, alias.Element("ALIAS_NAME")?.Value);
        foreach (var date in individual.Elements("INDIVIDUAL_DATE_OF_BIRTH"))
        {
            Add(Field.Date, date.Element("DATE")?.Value);
            Add(Field.Date, date.Element("YEAR")?.Value);
            Add(Field.Date, date.Element("FROM_YEAR")?.Value);
            Add(Field.Date, date.Element("TO_YEAR")?.Value);
        }

        foreach (var country in individual.Elements("NATIONALITY").Elements("VALUE"))
            Add(Field.Country, country.Value);
        Add(Field.Gender, individual.Element("GENDER")?.Value);
        foreach (var place in individual.Elements("INDIVIDUAL_PLACE_OF_BIRTH"))
            Add(Field.BirthPlace, string.Join(", ", place.Elements().Select(e => e.Value.Trim()).Where(v => v.Length > 0)));
        return values;
    }
}
