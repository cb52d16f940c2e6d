using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>A person as they truly are. What sources say of them differs.</summary>
internal readonly struct DemoPerson
{
    private static readonly DateOnly FirstBirthday = new(1944, 1, 1);

    private readonly ulong seed;

    public DemoPerson(ulong seed, int number, bool foreign = false)
    {
        this.seed = seed;
        Number = number;
        var dice = new Dice(seed, Dice.Stream.Person, number);
        Style = foreign ? (NameStyle)dice.Between(1, 6) : PickStyle(ref dice);
        Female = dice.Percent(foreign ? 12 : 34);
        var ranks = (Female ? NameTables.FemaleRanks : NameTables.MaleRanks)[(int)Style];
        Given = NameTables.GivenName(Style, Female, dice.Rank(ranks));
        bool middle = Style == NameStyle.Scottish && dice.Percent(55);
        int middleRank = dice.Rank(ranks);
        Middle = middle ? NameTables.GivenName(Style, Female, middleRank)[0] : "";
        if (Middle == Given[0])
            Middle = "";
        Surname = NameTables.Surname(Style, dice.Rank(NameTables.SurnameRanks[(int)Style]));
        if (Style == NameStyle.Russian && Female)
            Surname =
                Surname.EndsWith("ский", StringComparison.Ordinal) ? Surname[..^2] + "ая"
                : Surname[^1] is 'в' or 'н' ? Surname + "а"
                : Surname;
        if (Style == NameStyle.Polish && Female && Surname.EndsWith("ki", StringComparison.Ordinal))
            Surname = Surname[..^1] + "a";
        Born = FirstBirthday.AddDays(dice.Below(365 * 60));
        bool british = !foreign && (Style == NameStyle.Scottish || dice.Percent(60));
        Nationality = british ? "gb" : NameTables.Countries[(int)Style];
        Address = Places.Address(ref dice);
    }

    public int Number { get; }

    public NameStyle Style { get; }

    public bool Female { get; }

    /// <summary>The spellings of the given name, the usual one first.</summary>
    public string[] Given { get; }

    public string Middle { get; }

    public string Surname { get; }

    public DateOnly Born { get; }

    public string Nationality { get; }

    public string Address { get; }

    public string Gender => Female ? "female" : "male";

    /// <summary>In Latin letters, as the person signs.</summary>
    public string LatinGiven => Spelling.Romanise(Given[0], 0);

    public string LatinSurname => Spelling.Romanise(Surname, 0);

    /// <summary>The whole name in Latin letters, as in a passport.</summary>
    public string FullName => Middle.Length > 0 ? $"{LatinGiven} {Middle} {LatinSurname}" : $"{LatinGiven} {LatinSurname}";

    /// <summary>In the person's own letters.</summary>
    public string HomeName => Style == NameStyle.Chinese ? $"{Surname} {Given[0]}" : $"{Given[0]} {Surname}";

    public string BornMonth => Born.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public string BornDay => Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string BornYear => Born.ToString("yyyy", CultureInfo.InvariantCulture);

    /// <summary>The phone number that is theirs alone, while numbers last; else null.</summary>
    public string? Phone => Number % 5 == 0 && Number / 5 < Places.PhoneCount / 2 ? Places.Phone(Number / 5 * 7919 % (Places.PhoneCount / 2)) : null;

    /// <summary>The name as a source that has it from elsewhere writes it.</summary>
    public string NameAsHeard(ref Dice dice)
    {
        string given = LatinGiven;
        string surname = LatinSurname;
        int how = dice.Below(100);
        if (how < 14 && Given.Length > 1)
            given = Spelling.Romanise(Given[1 + dice.Below(Given.Length - 1)], 0);
        if (Style == NameStyle.Russian && dice.Percent(50))
        {
            int custom = dice.Between(1, 2);
            given = Spelling.Romanise(Given[0], custom);
            surname = Spelling.Romanise(Surname, custom);
        }
        if (dice.Percent(70))
        {
            given = Spelling.WithoutMarks(given);
            surname = Spelling.WithoutMarks(surname);
        }
        if (surname.StartsWith("Mac", StringComparison.Ordinal) && dice.Percent(20))
            surname = "Mc" + surname[3..];
        if (how is >= 14 and < 22)
            surname = Spelling.Slip(surname, ref dice);
        if (how is >= 22 and < 26)
            given = Spelling.Slip(given, ref dice);
        string middle =
            Middle.Length == 0 || dice.Percent(45) ? ""
            : dice.Percent(50) ? Middle[..1] + " "
            : Middle + " ";
        return dice.Below(12) switch
        {
            0 => $"{surname}, {given} {middle}".TrimEnd(),
            1 => $"{surname.ToUpperInvariant()} {given}",
            _ => $"{given} {middle}{surname}",
        };
    }

    /// <summary>The birth date as such a source has it: whole, month or year alone, sometimes wrong, sometimes not at all.</summary>
    public string? BirthAsHeard(ref Dice dice)
    {
        int how = dice.Below(100);
        if (how < 55)
            return BornDay;
        if (how < 70)
            return BornMonth;
        if (how < 82)
            return BornYear;
        if (how < 84 && Born.Day <= 12)
            return new DateOnly(Born.Year, Born.Day, Born.Month).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return how < 86 ? Born.AddYears(1).ToString("yyyy", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Dice for what a source makes of this person; another for each source.</summary>
    public Dice Variation(int source) => new(seed, Dice.Stream.Variation, ((long)source << 40) + Number);

    private static NameStyle PickStyle(ref Dice dice)
    {
        int at = dice.Below(100);
        int style = 0;
        foreach (byte percent in NameTables.StylePercent)
        {
            if (at < percent)
                break;
            at -= percent;
            style++;
        }
        return (NameStyle)style;
    }
}
