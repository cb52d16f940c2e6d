using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>Puts the demo world's records into an import, by the ontology's names, and notes whose they truly are.</summary>
internal sealed class DemoRecords(IRecordSink sink, Ontology ontology, DemoTruth? truth = null, CancellationToken interrupted = default)
{
    private Schema? schema;

    /// <summary>Starts a record. <paramref name="subject"/> says who it truly is; ties and events are nobody.</summary>
    public DemoRecords Begin(string kind, string key, Subject subject = default)
    {
        interrupted.ThrowIfCancellationRequested();
        schema = ontology[kind];
        sink.Begin(key, schema);
        truth?.Note(key, subject);
        return this;
    }

    public DemoRecords Add(string property, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            sink.Add(schema![property], value);
        return this;
    }

    public DemoRecords Add(string property, DateOnly? date) => Add(property, date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public void End() => sink.End();
}

/// <summary>Who a record is about, in truth: nobody (a tie, an event), or the person, company or story character of that number.</summary>
internal readonly record struct Subject(long Number)
{
    private const long Companies = 1L << 40;
    private const long Characters = 2L << 40;

    public bool IsSomebody => Number != 0;

    public static Subject Person(int number) => new(number + 1L);

    public static Subject Company(int number) => new(Companies + number);

    public static Subject Character(int number) => new(Characters + number);
}

/// <summary>Which records are the same subject: what linkage tries to find out, and the generator knows.</summary>
internal sealed class DemoTruth
{
    private readonly Dictionary<(string Owner, string Source, string Key), Subject> subjects = [];
    private string owner = "";
    private string source = "";

    /// <summary>How many records are about somebody.</summary>
    public int Count => subjects.Count;

    /// <summary>Who the record with that key, in that source of that agency, is about; nobody if it is about nobody.</summary>
    public Subject this[string agency, string sourceName, string key] => subjects.GetValueOrDefault((agency, sourceName, key));

    /// <summary>What is noted from here on is of this source.</summary>
    public void Of(string agency, string sourceName) => (owner, source) = (agency, sourceName);

    public void Note(string key, Subject subject)
    {
        if (subject.IsSomebody)
            subjects[(owner, source, key)] = subject;
    }
}
