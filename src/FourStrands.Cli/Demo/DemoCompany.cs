using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>A company as it truly is.</summary>
internal readonly struct DemoCompany
{
    private static readonly string[] Trades =
    [
        "Haulage",
        "Construction",
        "Properties",
        "Consulting",
        "Plant Hire",
        "Waste Management",
        "Security",
        "Taxis",
        "Cleaning Services",
        "Catering",
        "Groundworks",
        "Scaffolding",
        "Joinery",
        "Care",
        "Recycling",
        "Logistics",
        "Car Wash",
        "Skip Hire",
        "Engineering",
        "Electrical",
        "Roofing",
        "Seafoods",
        "Garden Services",
        "Civil Engineering",
        "Vapes",
        "Tyres",
        "Demolition",
        "Facilities",
        "Transport",
        "Software",
        "Fencing",
        "Drainage",
        "Windows",
        "Metals",
    ];

    private static readonly string[] Epithets =
    [
        "Northern",
        "Silver",
        "Heron",
        "Osprey",
        "Thistle",
        "Caber",
        "Firth",
        "Highland",
        "Saltire",
        "Cairn",
        "Granite",
        "Lowland",
        "Tarn",
        "Bluebell",
        "Kestrel",
        "Summit",
        "Anchor",
        "Beacon",
        "Clachan",
        "Rowan",
        "Heather",
        "Peregrine",
        "Corrie",
        "Stag",
        "Gannet",
        "Skerry",
        "Burn",
        "Whin",
        "Curlew",
        "Harbour",
    ];

    private static readonly Ranks TradeRanks = new(34, 5);

    private static readonly DateOnly FirstDay = new(1986, 3, 1);

    private readonly ulong seed;

    /// <param name="seed">The world's seed.</param>
    /// <param name="number">Which company.</param>
    /// <param name="namesakes">How many companies before this one would bear the same name.</param>
    public DemoCompany(ulong seed, int number, int namesakes)
    {
        this.seed = seed;
        Number = number;
        var dice = new Dice(seed, Dice.Stream.Company, number);
        int trade = dice.Rank(TradeRanks);
        Trade = Trades[trade];
        Town = Places.Town(ref dice);
        string surname = Spelling.Romanise(NameTables.Surname(NameStyle.Scottish, dice.Rank(NameTables.SurnameRanks[0])), 0);
        Stem = dice.Below(10) switch
        {
            0 or 1 => $"{dice.Pick(Epithets)} {Trade}",
            2 => $"{dice.Pick(Epithets)} {dice.Pick(Epithets)} {Trade}",
            3 => $"{Town} {Trade}",
            4 => $"{surname} & {(dice.Percent(60) ? "Sons" : "Daughters")}",
            5 => $"{(char)('A' + dice.Below(26))} & {(char)('A' + dice.Below(26))} {surname} {Trade}",
            _ => $"{surname} {Trade}",
        };
        // A register lets no two companies have one name: a town, then initials, tell them apart.
        if (namesakes == 0 && dice.Percent(9) || namesakes == 1)
            Stem += $" ({Town})";
        else if (namesakes > 1)
            Stem = $"{(char)('A' + ((namesakes - 2) / 26 % 26))} {(char)('A' + ((namesakes - 2) % 26))} {Stem}";
        Form = dice.Below(20) switch
        {
            < 13 => "Ltd",
            < 17 => "Limited",
            17 => "LLP",
            18 => "SLP",
            _ => "plc",
        };
        Incorporated = FirstDay.AddDays(dice.Below(365 * 39));
        int state = dice.Below(100);
        Status =
            state < 84 ? "Active"
            : state < 93 ? "Dissolved"
            : state < 97 ? "Liquidation"
            : "Active - proposal to strike off";
        Dissolved = Status == "Dissolved" ? Incorporated.AddDays(200 + dice.Below(2500)) : null;
        Address = Places.Address(ref dice);
        IsListed = dice.Percent(20);
    }

    public int Number { get; }

    public string Stem { get; }

    public string Form { get; }

    public string Trade { get; }

    public string Town { get; }

    public string Status { get; }

    public DateOnly Incorporated { get; }

    public DateOnly? Dissolved { get; }

    public string Address { get; }

    /// <summary>True if its e-mail and phone are on its own pages and so in some sources.</summary>
    public bool IsListed { get; }

    public string Name => $"{Stem} {Form}";

    /// <summary>ZZ and digits: no register of the United Kingdom has that prefix.</summary>
    public string RegistrationNumber => NumberOf(Number);

    public string? Phone =>
        IsListed && Number / 5 < Places.PhoneCount / 2 ? Places.Phone((Places.PhoneCount / 2) + (Number / 5 * 6151 % (Places.PhoneCount / 2))) : null;

    public string? Email => IsListed ? $"office@{RegistrationNumber.ToLowerInvariant()}.example" : null;

    /// <summary>The registration number of that company; scattered, so that neighbours in the generator are not neighbours in the register.</summary>
    public static string NumberOf(int number)
    {
        const int prime = 899_981;
        long scattered = number < prime ? (long)number * 48_271 % prime : number + 1_000_000L;
        return string.Create(CultureInfo.InvariantCulture, $"ZZ{scattered:000000}");
    }

    /// <summary>The name as a source that has it from elsewhere writes it.</summary>
    public string NameAsHeard(ref Dice dice)
    {
        string stem = Stem;
        if (dice.Percent(30))
            stem = stem.Replace(" & ", " and ", StringComparison.Ordinal);
        if (dice.Percent(40))
        {
            int bracket = stem.IndexOf(" (", StringComparison.Ordinal);
            if (bracket > 0)
                stem = stem[..bracket];
        }
        if (dice.Percent(6))
            stem = Spelling.Slip(stem, ref dice);
        string form = Form switch
        {
            "Ltd" or "Limited" => dice.Below(6) switch
            {
                0 => "",
                1 or 2 => "Limited",
                3 => "LTD",
                _ => "Ltd",
            },
            _ => Form,
        };
        string name = $"{stem} {form}".TrimEnd();
        return dice.Percent(15) ? name.ToUpperInvariant() : name;
    }

    /// <summary>Dice for what a source makes of this company; another for each source.</summary>
    public Dice Variation(int source) => new(seed, Dice.Stream.Variation, ((long)source << 40) + (1L << 36) + Number);
}
