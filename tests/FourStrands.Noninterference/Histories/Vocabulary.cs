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
    public static readonly string[] Crowd =
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
        .. Of("idNumber", "QQ123456C", "925665123", "QQ 12 34 56 C"),
        // Numbers that are names as well, in the same letters.
        .. Of("name", "925665123", "+44 131 496 0123", "QQ 12 34 56 C"),
        .. Of("phone", "+44 131 496 0123"),
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
        .. Of("name", "Fiona Macrae", "Macrae", "SC 123 456", "+44 131 496 0123"),
        .. Of("phone", "+44 131 496 0123"),
        .. Of("status", "active", "in liquidation"),
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

    /// <summary>Kinds of what a person writes.</summary>
    public static IReadOnlyList<string> Papers { get; } = ["chart", "note"];

    /// <summary>What another record says against a subject.</summary>
    public static RecordSaid Measure(Dice dice, string key, string against)
    {
        string schema = dice.Percent(70) ? "Sanction" : "Risk";
        List<Saying> sayings = [new("entity", against)];
        if (schema == "Risk")
            sayings.Add(new Saying("topics", dice.Of(["sanction", "crime.fin", "role.pep"])));
        else if (dice.Percent(60))
            sayings.Add(new Saying("program", dice.Of(["Debarment list", "Asset freeze"])));
        if (dice.Percent(30))
            sayings.Add(new Saying("endDate", dice.Of(["2024-01-01", "2031-01-01"])));
        if (dice.Percent(15))
            sayings.Add(new Saying("entity", dice.Of(Cast.Subjects)));
        return new RecordSaid(key, schema, sayings);
    }

    /// <summary>One record as several kinds, each naming the same end by a property of its own.</summary>
    public static IEnumerable<RecordSaid> ToldAgain(Dice dice, string key, string end) =>
        Ends.OrderBy(_ => dice.Next()).Take(3).Select(told => new RecordSaid(key, told.Schema, [new Saying(told.Property, end)]));

    /// <summary>Two people with so many spellings of their names that not every pair is compared, and little else in common.</summary>
    public static (RecordSaid, RecordSaid) Permuted(Dice dice, string first, string second)
    {
        bool straight = dice.Percent(60);
        List<Saying> one = [.. Names(dice, "Smith", straight)],
            other = [.. Names(dice, "Jones", straight)];
        foreach (var (property, left, right) in PermutedBesides)
        {
            if (!dice.Percent(22) || one.Exists(s => s.Property == property))
                continue;
            one.Add(new Saying(property, left));
            other.Add(new Saying(property, right));
        }
        return (new RecordSaid(first, "Person", one), new RecordSaid(second, "Person", other));

        static IEnumerable<Saying> Names(Dice dice, string last, bool straight)
        {
            string[] words = ["Anna", "Maria", last];
            HashSet<string> spellings = new(StringComparer.Ordinal);
            while (spellings.Count < 10)
            {
                var order = straight && dice.Percent(80) ? words.Reverse() : words.OrderBy(_ => dice.Next());
                spellings.Add(
                    string.Join(
                        ' ',
                        order.Select(w =>
                            dice.Below(3) switch
                            {
                                0 => w.ToUpperInvariant(),
                                1 => w.ToLowerInvariant(),
                                _ => w,
                            }
                        )
                    )
                );
            }
            return spellings.Select(s => new Saying("name", s));
        }
    }

    private static readonly (string Schema, string Property)[] Ends =
    [
        ("Directorship", "organization"),
        ("Membership", "organization"),
        ("Risk", "entity"),
        ("Sanction", "entity"),
        ("Ownership", "asset"),
    ];

    private static readonly string[] SpeltNumbers = ["+2 229 11", "SC 123 456", "2 229 11"];

    private static readonly string[] NumberProperties = ["name", "phone", "registrationNumber", "alias"];

    private static readonly (string Property, string Left, string Right)[] PermutedBesides =
    [
        ("taxNumber", "1234567890", "1234567890"),
        ("birthDate", "1980-04-05", "1980-04-05"),
        ("birthDate", "1980-04-05", "1980"),
        ("phone", "+441314960123", "+441314960123"),
        ("email", "fm@example.com", "fm@example.com"),
        ("passportNumber", "925665123", "925665123"),
        ("gender", "female", "female"),
        ("nationality", "gb", "gb"),
        ("nationality", "gb", "ie"),
        ("birthPlace", "Glenbrae", "Glenbrae"),
        ("address", "1 High Street, Glenbrae, EH1 1AA", "1 High Street, Glenbrae, EH1 1AA"),
    ];

    /// <summary>One number in words, as a name and as what it is.</summary>
    public static Saying[] Numbered(Dice dice)
    {
        string number = dice.Of(SpeltNumbers);
        string[] properties = [.. NumberProperties.OrderBy(_ => dice.Next()).Take(dice.Between(2, 4))];
        return [.. properties.Select(p => new Saying(p, number))];
    }

    public static RecordSaid PartOfNumber(Dice dice, string key) =>
        new(key, "Person", [new Saying("name", $"{dice.Of(["11", "22", "229", "SC", "123", "456"])} {dice.Of(["a", "b", "c", "d", "Fyfe"])}")]);

    /// <summary>One tie with many ends on the one side.</summary>
    public static RecordSaid ManyEnds(Dice dice, string key, string centre, IReadOnlyList<string> ends)
    {
        var (schema, source, target, _) = dice.Of(Ties);
        if (dice.Percent(30))
            (source, target) = (target, source);
        return new RecordSaid(key, schema, [new Saying(source, centre), .. ends.Select(e => new Saying(target, e))]);
    }

    public static RecordSaid OneOfMany(Dice dice, string key, string[] names) => new(key, "Person", [new Saying("name", dice.Of(names))]);

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

        string End() =>
            dice.Below(100) switch
            {
                < 90 => dice.Of(Cast.Subjects),
                < 96 => dice.Of(Cast.Ties),
                _ => key,
            };
    }

    /// <summary>Something typed into a search box.</summary>
    public static string Typed(Dice dice)
    {
        string whole = dice.Below(10) switch
        {
            0 or 1 => dice.Of(People),
            2 or 3 => dice.Of(Bodies),
            9 => dice.Of(["22 11", "11 22", "131 0123", "44 496", "123 sc", "456 sc", "qq 34", "12 c", "9256", "11", "22 f", "a 11"]),
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
