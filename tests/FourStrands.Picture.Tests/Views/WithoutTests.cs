using System.Text.Json;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Views;

/// <summary>A view without some sources answers as a store that never held them.</summary>
public sealed class WithoutTests
{
    private static readonly JsonSerializerOptions Written = new() { IncludeFields = true, WriteIndented = true };

    private static readonly string[] Register =
    [
        "1 Company name=Glenbrae Haulage Limited; registrationNumber=SC100001; jurisdiction=gb; address=1 Mill Lane, Perth PH1 1AA",
        "2 Person name=Fiona Macrae; birthDate=1980-04-05",
        "3 Directorship director=2; organization=1; role=director",
        "4 Company name=Glenbrae Haulage Limited; registrationNumber=SC100002; jurisdiction=gb",
    ];

    private static readonly string[] Lists =
    [
        "a Company name=Glenbrae Haulage Ltd; registrationNumber=SC100001; jurisdiction=gb; phone=+441314960123",
        "b Organization name=Glenbrae Haulage; phone=+441314960123",
        "c Person name=Fiona MacRae; birthDate=1980-04-05; topics=sanction",
        "d Ownership owner=c; asset=a; percentage=60",
        "e Company name=Zebra Catering Limited; registrationNumber=SC100009; jurisdiction=gb",
    ];

    [Fact]
    public void It_answers_as_if_they_had_never_come_in()
    {
        using TemporaryStore whole = new(),
            other = new();
        var ids = Ids(whole);
        Ids(other, lists: false);
        var source = whole.As(Analyst).Sources().Single(s => s.Source.Name == "Lists").Source.Id;
        Assert.NotEqual(Answers(other.As(Analyst), ids), Answers(whole.As(Analyst), ids));
        Assert.Equal(Answers(other.As(Analyst), ids), Answers(whole.As(Analyst).Without(source, null, []), ids));
    }

    [Fact]
    public void What_is_to_stay_stays()
    {
        using TemporaryStore whole = new(),
            other = new();
        var ids = Ids(whole);
        Ids(other, lists: false);
        other.Import(Analyst, "Lists", "public", Lists[0]);
        var source = whole.As(Analyst).Sources().Single(s => s.Source.Name == "Lists").Source.Id;
        var stays = whole
            .As(Analyst)
            .Search("SC100001")
            .Hits.SelectMany(h => whole.As(Analyst).Find(h.Entity.Id)!.Records)
            .Single(r => r.Source.Id == source && r.Key == "a");
        Assert.Equal(Answers(other.As(Analyst), ids), Answers(whole.As(Analyst).Without(source, null, [stays.Id]), ids));
    }

    private static List<RecordId> Ids(TemporaryStore store, bool lists = true)
    {
        List<RecordId> ids = [];
        Import("Register", Register);
        if (lists)
            Import("Lists", Lists);
        return ids;

        void Import(string source, string[] records)
        {
            store.Import(Analyst, source, "public", records);
            using var session = store.As(Analyst).BeginImport(new ImportRequest(source, Label.Public, "", ""));
            ids.AddRange(records.Select(r => session.IdentifierOf(r.Split(' ')[0])));
        }
    }

    // All that is answered of all records that ever were.
    private static string Answers(View view, IReadOnlyList<RecordId> ids)
    {
        List<object?> said = [];
        foreach (string text in (string[])["glenbrae haulage", "glen", "fiona macrae", "0131 496 0123", "SC100001", "zebra", "fiona makrae"])
        {
            var found = view.Search(text);
            said.Add((text, found.Records, found.More, found.Hits.Select(h => (h.Matched, h.Entity.Id, h.Entity.Caption, h.Entity.Summary)).ToArray()));
            said.Add(view.Suggest(text).Select(s => (s.Text, s.Id)).ToArray());
        }
        foreach (var id in ids)
        {
            var entity = view.Find(id);
            said.Add(
                (
                    id,
                    view.Summarise(id)?.Summary,
                    entity?.Caption,
                    entity?.Records.SelectMany(r => r.Statements.Select(s => (r.Id, s.Property.Name, s.Value))).ToArray()
                )
            );
            foreach (var other in ids)
                said.Add((view.Explain(id, other)?.Probability, view.FindPath(id, other)?.Steps.Select(s => s.Connection.Other.Id).ToArray()));
            if (entity is null)
                continue;
            said.Add(view.Connections(entity).Select(c => (c.Phrase, c.Other.Id, c.Tie.Id)).ToArray());
            said.Add(view.PossibleMatches(entity).Select(m => (m.Left, m.Right, m.Probability)).ToArray());
            said.Add(view.Screen(entity, 0).Select(c => (c.Record.Id, c.Probability)).ToArray());
            said.Add(view.Judgements(entity).Select(j => j.Id).ToArray());
        }
        return JsonSerializer.Serialize(said, Written);
    }
}
