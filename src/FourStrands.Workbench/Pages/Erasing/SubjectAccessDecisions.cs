using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Erasing;

/// <summary>Why something is withheld from the person it is about: Data Protection Act 2018, section 45(4).</summary>
internal enum WithheldFor
{
    /// <summary>Paragraph (a).</summary>
    Inquiry,

    /// <summary>Paragraph (b).</summary>
    Crime,

    /// <summary>Paragraph (c).</summary>
    PublicSecurity,

    /// <summary>Paragraph (d).</summary>
    NationalSecurity,

    /// <summary>Paragraph (e).</summary>
    Others,
}

/// <summary>What a named person decided on one value.</summary>
/// <param name="Document">Where it is kept.</param>
/// <param name="Given">True if it is given, false if it is withheld; null if it is open again.</param>
/// <param name="Ground">Why it is withheld; null if it is not.</param>
/// <param name="Note">Why, in their words.</param>
internal sealed record SubjectAccessDecision(Document Document, bool? Given, WithheldFor? Ground, string Note);

/// <summary>
/// What was decided on each value that the agency holds on somebody who asks: kept for those of the agency who see the value, and for nobody else. A decision is on what a record says to
/// the same readers: when it says something else, or nobody sees it any more, nothing is decided. It names the record and repeats the value, as what rests on it does, so an erasure takes it along.
/// </summary>
internal sealed class SubjectAccessDecisions
{
    /// <summary>The kind of document.</summary>
    public const string Kind = "subject access decision";

    /// <summary>The most characters of a note.</summary>
    public const int LongestNote = 500;

    private readonly View view;
    private readonly Dictionary<(Kept Said, Label Label), SubjectAccessDecision> decisions = [];

    public SubjectAccessDecisions(View view)
    {
        this.view = view;
        // The newest first.
        foreach (var document in view.Documents(Kind))
        {
            if (JsonSerializer.Deserialize<Stored>(document.Content) is { } stored)
                decisions.TryAdd(
                    (new Kept(stored.Record, stored.Property, stored.Value, stored.Of), document.Label),
                    new SubjectAccessDecision(document, stored.Given, stored.Ground, stored.Note)
                );
        }
    }

    /// <summary>What was decided on a value; null if it is open.</summary>
    /// <param name="said">The value.</param>
    /// <param name="of">Where it speaks of the person: their record, or in a tie what points at it.</param>
    public SubjectAccessDecision? Of(Said said, Said? of) => decisions.GetValueOrDefault(KeyOf(said, of)) is { Given: not null } decision ? decision : null;

    /// <summary>Decides, in place of what was decided before.</summary>
    /// <param name="said">The value.</param>
    /// <param name="of">As in <see cref="Of"/>.</param>
    /// <param name="given">True to give it, false to withhold it, null to open it again.</param>
    /// <param name="ground">Why it is withheld.</param>
    /// <param name="note">Why, in a few words.</param>
    public void Decide(Said said, Said? of, bool? given, WithheldFor? ground, string note)
    {
        var (kept, label) = KeyOf(said, of);
        var before = decisions.GetValueOrDefault((kept, label));
        string content = JsonSerializer.Serialize(new Stored(kept.Record, kept.Property, kept.Value, kept.Of, given, ground, note));
        var document = view.Write(Kind, content, label, before?.Document.Id);
        decisions[(kept, label)] = new SubjectAccessDecision(document, given, ground, note);
    }

    /// <summary>What is decided on together: what a record says of the person, to the same readers of the agency.</summary>
    public (Kept Said, Label Label) KeyOf(Said said, Said? of)
    {
        var label = of is null ? said.Label : said.Label.Join(of.Label);
        return (
            new Kept(said.Record.ToString(), said.Property.Name, said.Value, of?.Value ?? said.Record.ToString()),
            label.WithoutHandling().Join(new Label(Classification.Public, [view.Viewer.Agency]))
        );
    }

    /// <summary>Which value of which record, of which record of the person.</summary>
    internal sealed record Kept(string Record, string Property, string Value, string Of);

    private sealed record Stored(string Record, string Property, string Value, string Of, bool? Given, WithheldFor? Ground, string Note);
}
