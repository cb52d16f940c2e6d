using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FourStrands.Workbench.Pages;

/// <summary>The questions by which somebody says who may see something, and what may be done with it: only choices under which they see it themselves.</summary>
internal sealed class LabelForm
{
    private readonly Viewer viewer;
    private readonly List<string> refused = [];

    /// <param name="viewer">Who labels.</param>
    /// <param name="people">The agencies and groups there are.</param>
    public LabelForm(Viewer viewer, People people)
    {
        this.viewer = viewer;
        Groups = people.GroupsOf(viewer);
        Agencies = [.. people.Agencies.Where(a => a.Name != viewer.Agency)];
        Choices =
        [
            .. (
                (LabelChoice[])
                    [
                        new("own", $"{viewer.AgencyName} only", "OFFICIAL. Nobody in another agency sees it, or anything of it.", Label.OwnAgency(viewer)),
                        new(
                            "own-sensitive",
                            $"{viewer.AgencyName} only, sensitive",
                            "OFFICIAL-SENSITIVE. Within the agency, only those cleared for it.",
                            new Label(Classification.OfficialSensitive, [viewer.Agency])
                        ),
                        new("named", "Agencies that I name", "OFFICIAL. Choose them below; your own is always among them.", Label.OwnAgency(viewer)),
                        .. Groups.Select(g => new LabelChoice(
                            $"group-{g.Name}",
                            $"The sharing group {g.Title}",
                            GroupHint(g, people),
                            new Label(Classification.Official, [g.Name])
                        )),
                        new("official", "Every agency", "OFFICIAL. Everyone with a clearance for it.", new Label(Classification.Official)),
                        new("public", "Everybody", "It is published: a register, a sanctions list.", Label.Public),
                    ]
            ).Where(c => viewer.MaySee(c.Label) && (c.Value != "named" || Agencies.Count > 0)),
        ];
        if (Choices.Count > 0)
            Audience = Choices[0].Value;
    }

    /// <summary>What is asked.</summary>
    public string Question { get; init; } = "Who may see it?";

    /// <summary>What helps to answer, besides; empty for nothing.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Chooses nobody to begin with: where what is meant by default would be wrong, somebody is to choose.</summary>
    public void ChooseNothing() => Audience = "";

    /// <summary>Who may see it: the choices there are.</summary>
    public IReadOnlyList<LabelChoice> Choices { get; }

    /// <summary>The other agencies that take part.</summary>
    public IReadOnlyList<Agency> Agencies { get; }

    /// <summary>The sharing groups of the own agency.</summary>
    public IReadOnlyList<SharingGroup> Groups { get; }

    public IReadOnlyList<string> OwnCompartments => viewer.Compartments;

    public IReadOnlyList<Purpose> OwnPurposes => viewer.Purposes;

    public bool MaySeeSensitive => viewer.Clearance >= Classification.OfficialSensitive;

    public string Audience { get; private set; } = "";

    public IReadOnlyList<string> Named { get; private set; } = [];

    public bool Sensitive { get; private set; }

    public IReadOnlyList<string> Compartments { get; private set; } = [];

    public IReadOnlyList<Purpose> Purposes { get; private set; } = [];

    public IReadOnlyList<HandlingCode> Codes { get; private set; } = [];

    public string Originator { get; private set; } = "";

    /// <summary>True if something was chosen that is out of sight at first.</summary>
    public bool IsOpen =>
        Sensitive || Purposes.Count > 0 || Codes.Count > 0 || Originator.Length > 0 || refused.Exists(f => f is "purposes" or "handling" or "sensitive");

    /// <summary>Takes what was sent. What is none of the choices is refused when the label is chosen: left out, more would see it than was meant.</summary>
    public void Read(IFormCollection form)
    {
        refused.Clear();
        Demand("agencies", Agencies.Select(a => a.Name));
        Demand("compartments", viewer.Compartments);
        Demand("purposes", viewer.Purposes.Select(p => p.Name()));
        Demand("handling", Enum.GetNames<HandlingCode>());
        Demand("sensitive", ["true", "false"]);
        Audience = form["audience"].ToString();
        Named = [.. form["agencies"].OfType<string>().Where(n => Agencies.Any(a => a.Name == n))];
        Sensitive = form["sensitive"] == "true";
        Compartments = [.. form["compartments"].OfType<string>().Where(c => viewer.Compartments.Contains(c, StringComparer.Ordinal))];
        Purposes =
        [
            .. form["purposes"]
                .OfType<string>()
                .SelectMany(n => Picture.Purposes.TryParse(n, out var p) && viewer.Purposes.Contains(p) ? [p] : Array.Empty<Purpose>()),
        ];
        Codes = [.. Enum.GetValues<HandlingCode>().Where(c => form["handling"].Contains(c.ToString()))];
        Originator = form["originator"].ToString().Trim();

        void Demand(string field, IEnumerable<string> choices)
        {
            if (form[field].OfType<string>().Except(choices, StringComparer.Ordinal).Any())
                refused.Add(field);
        }
    }

    /// <summary>Begins with a label that was used before.</summary>
    public void Begin(Label label)
    {
        Compartments = label.Compartments;
        Purposes = [.. label.PurposesNeeded.SelectMany(p => p).SelectMany(n => Picture.Purposes.TryParse(n, out var p) ? [p] : Array.Empty<Purpose>())];
        Codes = label.Handling.Codes;
        Originator = label.Handling.Originators is [var first, ..] ? first : "";
        string[] audience = label.Audiences.Count == 1 ? [.. label.Audiences[0]] : [];
        Named = [.. audience.Where(n => Agencies.Any(a => a.Name == n))];
        Sensitive = label.Classification == Classification.OfficialSensitive;
        Audience =
            label.Classification == Classification.Public ? "public"
            : label.Audiences.Count == 0 ? "official"
            : audience is [var one] && one == viewer.Agency
                ? Sensitive ? "own-sensitive"
                    : "own"
            : audience is [var group] && Label.IsGroup(group) ? $"group-{group}"
            : "named";
        Sensitive &= Audience != "own-sensitive";
    }

    /// <summary>The label that was chosen; null, with the reason among the errors, if it is none.</summary>
    public Label? Chosen(ModelStateDictionary errors)
    {
        foreach (string field in refused)
            errors.AddModelError(field, "Something chosen here is not there for you. Look at what there is, and choose again");
        if (refused.Count > 0)
            return null;
        if (Choices.FirstOrDefault(c => c.Value == Audience) is not { } choice)
        {
            errors.AddModelError("audience", "Choose who may see it");
            return null;
        }
        if (Audience == "named" && Named.Count == 0)
        {
            errors.AddModelError("agencies", "Choose at least one agency, or choose your own agency only");
            return null;
        }
        if (Audience != "named" && Named.Count > 0)
        {
            errors.AddModelError("agencies", "Agencies are chosen here, and above it is not meant for agencies that you name. Choose one or the other");
            return null;
        }
        if (Sensitive && choice.Label.Classification == Classification.Public)
        {
            errors.AddModelError("sensitive", "What is published is not sensitive. Choose one or the other");
            return null;
        }
        if (Originator.Length > 0 && Codes.Count == 0)
        {
            errors.AddModelError("originator", "Choose the conditions on its use that they gave it under, or leave this empty");
            return null;
        }
        if (Originator.Length > 0 && (Originator.Length > 80 || !Originator.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            errors.AddModelError("originator", "Choose one of the agencies, or write a short name in small letters: europol");
            return null;
        }
        var classification =
            Sensitive && choice.Label.Classification == Classification.Official ? Classification.OfficialSensitive : choice.Label.Classification;
        var label = new Label(
            classification,
            Audience == "named" ? [viewer.Agency, .. Named]
                : choice.Label.Audiences.Count > 0 ? choice.Label.Audiences[0]
                : [],
            Compartments,
            Purposes,
            new Handling(Codes, Originator.Length > 0 ? [Originator] : [])
        );
        if (viewer.MaySee(label))
            return label;
        errors.AddModelError("audience", "You would not see it yourself. Choose what you are cleared for");
        return null;
    }

    private static string GroupHint(SharingGroup group, People people) =>
        group.Members.Count > 0 ? $"OFFICIAL. {string.Join(", ", group.Members.Select(people.NameOf))}." : "OFFICIAL. Its members, of whom yours is one.";
}

/// <summary>One choice of who may see something.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Text">In words.</param>
/// <param name="Hint">What it means.</param>
/// <param name="Label">The label it stands for, before anything is added.</param>
internal sealed record LabelChoice(string Value, string Text, string Hint, Label Label)
{
    /// <summary>For the page: a name that may stand in an identifier.</summary>
    public string Mark => Value.Replace('.', '-');
}
