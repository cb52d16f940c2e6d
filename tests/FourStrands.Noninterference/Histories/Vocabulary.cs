namespace FourStrands.Noninterference.Histories;

/// <summary>
/// What records say. A small vocabulary, so that names, dates, numbers and ties collide often: the same, nearly the same, and
/// contradicting.
/// </summary>
internal static class Vocabulary
{
    public static IReadOnlyList<string> People { get; } =
    [
        "Fiona Macrae",
        "Fiona MacRae",
        "Macrae, Fiona",
        "Fiona Mcrae",
        "Fi Macrae",
        "Hamish Galbraith",
        "Hamish Galbreath",
        "Hamish Galbraith Macrae",
        "Iain Strachan",
        "Фиона Макрей",
        "Macrae",
    ];

    public static IReadOnlyList<string> Bodies { get; } =
    [
        "Glenbrae Haulage Ltd",
        "Glenbrae Haulage Limited",
        "Glenbrea Haulage Ltd",
        "Glenbrae",
        "Strathorn Plant Hire",
        "Macrae Haulage Ltd",
        "Galbraith Macrae LLP",
    ];

    /// <summary>Names of the many: alike in their first letters, so that lists are cut off among them.</summary>
    private static readonly string[] Crowd =
    [
        "Fergus Mackay",
        "Flora Macleod",
        "Finlay Fyfe",
        "Fraser Milne",
        "Morag Fyfe",
        "Malcolm Muir",
        "Fiona Macrae",
        "Freya Forbes Muir",
        "Murdo Fraser",
        "Mhairi Macbeth Ferguson",
        "Fife Marine",
        "Macrae Farms",
    ];

    private static readonly Saying[] PersonSayings =
    [
        .. Of("name", People),
        .. Of("alias", People),
        .. Of("weakAlias", "Fi", "Big Hamish", "Macrae"),
        .. Of("firstName", "Fiona", "Hamish"),
        .. Of("lastName", "Macrae", "Galbraith"),
        .. Of("birthDate", "1980-04-05", "1980", "1961-11-30", "1980-05-04"),
        .. Of("nationality", "gb", "ie"),
        .. Of("gender", "female", "male"),
        .. Of("phone", "+441314960123", "+441414960999"),
        .. Of("email", "fm@example.com", "office@example.com"),
        .. Of("passportNumber", "925665123", "107188430"),
        .. Of("idNumber", "QQ123456C", "925665123"),
        .. Of("address", "1 High Street, Glenbrae, EH1 1AA", "22 Mill Lane, Strathorn, G1 1AA"),
        .. Of("topics", "sanction", "crime.fin", "role.pep"),
        .. Of("notes", "seen at the harbour", "Fiona Macrae"),
        .. Of("birthPlace", "Glenbrae"),
        .. Of("addressEntity", Cast.Subjects),
        .. Of("proof", Cast.Subjects),
    ];

    private static readonly Saying[] BodySayings =
    [
        .. Of("name", Bodies),
        .. Of("alias", Bodies),
        .. Of("previousName", Bodies),
        .. Of("name", "Fiona Macrae", "Macrae"),
        .. Of("registrationNumber", "SC123456", "SC654321", "SC 123 456"),
        .. Of("jurisdiction", "gb", "ie"),
        .. Of("incorporationDate", "1999-01-02", "1999"),
        .. Of("phone", "+441314960123", "+441414960999"),
        .. Of("email", "office@example.com"),
        .. Of("website", "https://example.com"),
        .. Of("country", "gb"),
        .. Of("address", "1 High Street, Glenbrae, EH1 1AA", "22 Mill Lane, Strathorn, G1 1AA"),
        .. Of("topics", "sanction", "debarment"),
        .. Of("parent", Cast.Subjects),
        .. Of("addressEntity", Cast.Subjects),
    ];

    private static readonly Saying[] ThingSayings =
    [
        .. Of("name", Bodies),
        .. Of("name", "Macrae"),
        .. Of("registrationNumber", "SC123456", "SK12 ABC"),
        .. Of("country", "gb"),
        .. Of("address", "1 High Street, Glenbrae, EH1 1AA"),
        .. Of("topics", "sanction"),
    ];

    /// <summary>What a subject may be, and what may be said of it. Some are kinds of others, some exclude each other.</summary>
    private static readonly (string Schema, Saying[] Sayings)[] Subjects =
    [
        ("Person", PersonSayings),
        ("Person", PersonSayings),
        ("Person", PersonSayings),
        ("Company", BodySayings),
        ("Company", BodySayings),
        ("Organization", BodySayings),
        ("LegalEntity", BodySayings),
        ("Vehicle", ThingSayings),
        ("Asset", ThingSayings),
        ("Vessel", ThingSayings),
        ("PublicBody", BodySayings),
        ("Address", ThingSayings),
    ];

    /// <summary>Kinds of which one is a kind of another and a third of neither.</summary>
    private static readonly string[] Contrary = ["Asset", "Vehicle", "Vessel", "Person", "Organization"];

    private static readonly (string Schema, string Source, string Target, Saying[] Sayings)[] Ties =
    [
        ("Ownership", "owner", "asset", [.. Of("percentage", "60", "100"), .. Of("startDate", "2020-01-01")]),
        ("Directorship", "director", "organization", [.. Of("role", "director", "secretary")]),
        ("Family", "person", "relative", [.. Of("relationship", "sister")]),
        ("Associate", "person", "associate", [.. Of("relationship", "driver")]),
        ("UnknownLink", "subject", "object", [.. Of("role", "seen together")]),
        ("Membership", "member", "organization", [.. Of("role", "member")]),
        ("Representation", "agent", "client", [.. Of("role", "agent")]),
    ];

    public static RecordSaid Subject(Dice dice, string key, bool person = false)
    {
        var (schema, choices) = person ? Subjects[0] : dice.Of(Subjects);
        var properties = Ontology.Default[schema];
        List<Saying> sayings = [];
        if (dice.Percent(60))
            sayings.Add(new Saying("name", dice.Of(schema == "Person" ? People : Bodies)));
        if (dice.Percent(35))
            sayings.Add(schema == "Person" ? new Saying("birthDate", "1980-04-05") : new Saying("registrationNumber", "SC123456"));
        int more = dice.Between(sayings.Count == 0 ? 1 : 0, 4);
        for (int i = 0; i < more; i++)
            sayings.Add(dice.Of(choices));
        return new RecordSaid(key, schema, [.. sayings.Where(s => properties.TryGet(s.Property, out _))]);
    }

    public static RecordSaid OneOfMany(Dice dice, string key) => new(key, "Person", [new Saying("name", dice.Of(Crowd))]);

    /// <summary>Nothing but a kind, with a name perhaps.</summary>
    public static RecordSaid Kind(Dice dice, string key)
    {
        string schema = dice.Percent(75) ? dice.Of(Contrary) : dice.Of(Subjects).Schema;
        return new RecordSaid(key, schema, dice.Percent(50) && schema != "Address" ? [new Saying("name", dice.Of(dice.Percent(50) ? People : Bodies))] : []);
    }

    public static RecordSaid Tie(Dice dice, string key)
    {
        var (schema, source, target, choices) = dice.Of(Ties);
        List<Saying> sayings = [];
        if (dice.Percent(92))
            sayings.Add(new Saying(source, End()));
        if (dice.Percent(92))
            sayings.Add(new Saying(target, End()));
        if (dice.Percent(12))
            sayings.Add(new Saying(dice.Percent(50) ? source : target, End()));
        if (dice.Percent(50))
            sayings.Add(dice.Of(choices));
        return new RecordSaid(key, schema, sayings);

        string End() => dice.Percent(93) ? dice.Of(Cast.Subjects) : dice.Of(Cast.Ties);
    }

    /// <summary>Something typed into a search box.</summary>
    public static string Typed(Dice dice)
    {
        string whole = dice.Below(9) switch
        {
            0 or 1 => dice.Of(People),
            2 or 3 => dice.Of(Bodies),
            4 => dice.Of(["SC123456", "SC 123 456", "+441314960123", "01314960123", "925665123", "fm@example.com", "QQ123456C"]),
            5 => dice.Of(["1 High Street", "Mill Lane Strathorn", "EH1 1AA", "harbour", "sanction"]),
            6 or 7 => dice.Of([
                "ma ha",
                "ma",
                "g",
                "gal mac",
                "fi ma",
                "h",
                "glen",
                "macrae fiona",
                "haulage gl",
                "g h",
                "h g",
                "ha g",
                "gl h",
                "h gal",
                "f m",
                "m f",
                "fi m",
                "ma f",
                "mu fr",
                "f m",
                "ga ma",
            ]),
            _ => dice.Of(["Fiona Macray", "Hamis Galbrath", "Glenbray Hauladge", "Iain Strahan", "Macre", ""]),
        };
        return dice.Percent(25) && whole.Length > 2 ? whole[..dice.Between(1, whole.Length - 1)] : whole;
    }

    private static IEnumerable<Saying> Of(string property, params IReadOnlyList<string> values) => values.Select(v => new Saying(property, v));
}
