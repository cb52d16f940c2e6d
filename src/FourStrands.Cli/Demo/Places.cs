namespace FourStrands.Cli.Demo;

/// <summary>Towns that are on no map, and ways to be reached that belong to nobody.</summary>
internal static class Places
{
    private static readonly string[] Towns =
    [
        "Glenbrae",
        "Strathorn",
        "Kirkmorrow",
        "Port Arrowell",
        "Auchterwhin",
        "Dunmarrow",
        "Invercallan",
        "Lochmurren",
        "Balwhinnock",
        "Craigfallow",
        "Abermorran",
        "Pitcorran",
        "Ardskellig",
        "Drumhallow",
        "Kirkfarden",
        "Stranwick",
        "Eastermuir",
        "Westerhallow",
        "Corriewick",
        "Kilmorvern",
        "Tarvrick Haven",
        "Skerrimouth",
        "Fendry",
        "Garvrick Mills",
        "Millhaugh",
        "Blackwhin",
        "Torranbeg",
        "Carsewell",
        "Loanfoot",
        "Harrowgate Muir",
        "Whinnyfold Cross",
        "Brackenlea",
        "Neddertown",
        "Ullavoe",
        "Sandvoe",
        "Quharrel",
        "Muirwell",
        "Oldhaven",
        "Cairnquhill",
        "Redquhar",
    ];

    private static readonly string[] Streets =
    [
        "High Street",
        "Station Road",
        "Harbour Street",
        "Mill Road",
        "Church Lane",
        "Whinmoor Industrial Estate",
        "Brae Road",
        "Shore Street",
        "King Street",
        "Loan Wynd",
        "Victoria Place",
        "Glebe Crescent",
        "Muir Avenue",
        "Quarry Road",
        "Kirk Wynd",
        "Castle Terrace",
        "Foundry Lane",
        "Bankhead Drive",
        "Heather Way",
        "Burnside",
        "Ferry Road",
        "Market Square",
        "Tannery Court",
        "Old Cattle Mart",
        "Rowan Gardens",
        "Netherton Trading Park",
        "Dock Road",
        "School Brae",
        "Wellgate",
        "Cotton Street",
    ];

    // Set aside for drama by the regulator, so that nobody can be rung up: 1,000 numbers each. 0191 498 0 is kept for the stories.
    private static readonly string[] Areas =
    [
        "0131 496 0",
        "0141 496 0",
        "0113 496 0",
        "0114 496 0",
        "0116 496 0",
        "0117 496 0",
        "0118 496 0",
        "0121 496 0",
        "0151 496 0",
        "0161 496 0",
        "020 7946 0",
        "0306 999 0",
        "028 9649 6",
        "029 2018 0",
    ];

    private static readonly Ranks TownRanks = new(Towns.Length, 4);

    /// <summary>How many phone numbers there are: fewer than subjects in a large world, where most then have none.</summary>
    public static int PhoneCount => Areas.Length * 1000;

    public static string[] AllTowns => Towns;

    public static string Town(ref Dice dice) => Towns[dice.Rank(TownRanks)];

    /// <summary>A street address with a postcode that no post office has.</summary>
    public static string Address(ref Dice dice)
    {
        int town = dice.Rank(TownRanks);
        string flat = dice.Percent(18) ? $"Flat {dice.Between(1, 9)}, " : "";
        return $"{flat}{dice.Between(1, 240)} {dice.Pick(Streets)}, {Towns[town]}, {Postcode(town, ref dice)}";
    }

    /// <summary>The same address as somebody in a hurry writes it.</summary>
    public static string Shortened(string address) =>
        address
            .Replace("Street", "St", StringComparison.Ordinal)
            .Replace("Road", "Rd", StringComparison.Ordinal)
            .Replace("Flat ", "", StringComparison.Ordinal);

    /// <summary>The phone number of that place in the list of all.</summary>
    public static string Phone(int number) => $"{Areas[number / 1000 % Areas.Length]}{number % 1000:000}";

    private static string Postcode(int town, ref Dice dice) => $"QX{town + 1} {dice.Between(1, 9)}{(char)('A' + dice.Below(26))}{(char)('A' + dice.Below(26))}";
}
