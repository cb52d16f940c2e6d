using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>The companies, who runs them, and who has significant control; with chains of owners, a few loops, and ends that nobody can see past.</summary>
internal sealed class CompanyRegister
{
    private const int LoopEvery = 397;
    private const int ChainEvery = 23;

    private static readonly (string Percentage, string Nature)[] Bands =
    [
        ("25-50", "ownership-of-shares-25-to-50-percent"),
        ("50-75", "ownership-of-shares-50-to-75-percent"),
        ("75-100", "ownership-of-shares-75-to-100-percent"),
    ];

    private readonly DemoWorld world;

    public CompanyRegister(DemoWorld world) => this.world = world;

    /// <summary>The people who run a company; the first of them runs none as first but this one.</summary>
    public int[] OfficersOf(int company)
    {
        var dice = world.Dice(Demo.Dice.Stream.Officers, company);
        int count = dice.Below(100) switch
        {
            < 40 => 1,
            < 78 => 2,
            < 94 => 3,
            _ => 4,
        };
        int[] officers = new int[count];
        officers[0] = company;
        for (int i = 1; i < count; i++)
        {
            int how = dice.Below(100);
            officers[i] =
                how < 45 ? world.Companies + (company / 3) // a partner in neighbouring companies
                : how < 92 ? dice.Below(world.People)
                : dice.Below(Math.Max(3, world.Companies / 1500)); // a nominee who sits on many boards
        }
        return [.. officers.Distinct()];
    }

    public void Write(DemoRecords to)
    {
        var written = new HashSet<int>();
        for (int number = 0; number < world.Companies; number++)
        {
            var company = world.Company(number);
            string key = company.RegistrationNumber;
            to.Begin("Company", key, Subject.Company(number))
                .Add("name", company.Name)
                .Add("registrationNumber", key)
                .Add("jurisdiction", "gb")
                .Add("legalForm", company.Form is "Ltd" or "Limited" ? "Private limited company" : company.Form)
                .Add("status", company.Status)
                .Add("incorporationDate", company.Incorporated)
                .Add("dissolutionDate", company.Dissolved)
                .Add("sector", company.Trade)
                .Add("address", company.Address)
                .Add("email", company.Email)
                .Add("phone", company.Phone)
                .End();
            var dice = world.Dice(Demo.Dice.Stream.Owners, number);
            int[] officers = OfficersOf(number);
            for (int i = 0; i < officers.Length; i++)
                WriteOfficer(to, company, officers[i], i, written, ref dice);
            WriteOwners(to, company, officers, ref dice);
        }
    }

    /// <summary>The register's own key for an officer; a few are registered twice, as happens.</summary>
    public static string OfficerKey(int person) => string.Create(CultureInfo.InvariantCulture, $"officer-{(person + 1) * 7919L % 9_999_991:0000000}");

    private void WriteOfficer(DemoRecords to, DemoCompany company, int number, int place, HashSet<int> written, ref Dice dice)
    {
        var person = world.Person(number);
        string key = OfficerKey(number);
        bool again = dice.Percent(7);
        if (again)
            key += "-" + company.RegistrationNumber;
        if (again || written.Add(number))
        {
            var variation = person.Variation(again ? 1000 + company.Number : 1);
            bool marks = variation.Percent(30);
            to.Begin("Person", key, Subject.Person(number))
                .Add("name", again || !marks ? Spelling.WithoutMarks(person.FullName) : person.FullName)
                .Add("firstName", person.LatinGiven)
                .Add("middleName", person.Middle)
                .Add("lastName", person.LatinSurname)
                .Add("birthDate", person.BornMonth)
                .Add("nationality", person.Nationality)
                .Add("country", "gb")
                .Add("address", again ? Places.Shortened(person.Address) : person.Address)
                .End();
        }
        bool left = place > 0 && dice.Percent(18);
        var from = company.Incorporated.AddDays(place == 0 ? 0 : dice.Below(1500));
        to.Begin("Directorship", $"{company.RegistrationNumber}-officer-{place}")
            .Add("director", key)
            .Add("organization", company.RegistrationNumber)
            .Add("role", place == 2 && dice.Percent(40) ? "secretary" : "director")
            .Add("startDate", from)
            .Add("endDate", left ? from.AddDays(100 + dice.Below(1800)) : null)
            .End();
    }

    private void WriteOwners(DemoRecords to, DemoCompany company, int[] officers, ref Dice dice)
    {
        int number = company.Number;
        if (number % LoopEvery is 0 or 1 or 2 && number - (number % LoopEvery) + 2 < world.Companies)
        {
            // Three companies that own each other in a ring.
            int next = number % LoopEvery == 2 ? number - 2 : number + 1;
            WriteOwnership(to, company, 0, DemoCompany.NumberOf(next), Bands[2], "corporate-entity-person-with-significant-control", null);
            return;
        }
        if (number % ChainEvery is >= 10 and < 16 && number + 1 < world.Companies)
        {
            // Each is owned by the next: a chain of up to six companies, with people at its end.
            WriteOwnership(
                to,
                company,
                0,
                DemoCompany.NumberOf(number + 1),
                Bands[dice.Between(1, 2)],
                "corporate-entity-person-with-significant-control",
                null
            );
            if (dice.Percent(70))
                return;
        }
        int count = dice.Below(100) switch
        {
            < 7 => 0,
            < 68 => 1,
            < 93 => 2,
            _ => 3,
        };
        var band =
            count == 1 ? Bands[2]
            : count == 2 ? Bands[dice.Below(2)]
            : Bands[0];
        for (int i = 1; i <= count; i++)
        {
            string key = $"{company.RegistrationNumber}-control-{i}";
            int how = dice.Below(100);
            if (how < 86)
                WritePerson(to, key, i <= officers.Length ? officers[i - 1] : dice.Below(world.People), ref dice);
            else if (how < 89)
                WritePerson(to, key, world.People + dice.Below(world.Foreigners), ref dice);
            else
                WriteOpaque(to, key, number, i, ref dice);
            bool ceased = i > 1 && dice.Percent(12);
            WriteOwnership(
                to,
                company,
                i,
                key,
                band,
                how < 89 ? "individual-person-with-significant-control" : "corporate-entity-person-with-significant-control",
                ceased ? company.Incorporated.AddDays(900 + dice.Below(900)) : null
            );
        }
    }

    private void WritePerson(DemoRecords to, string key, int number, ref Dice dice)
    {
        var person = world.Person(number);
        bool initial = person.Middle.Length > 0 && dice.Percent(25);
        to.Begin("Person", key, Subject.Person(number))
            .Add("name", initial ? $"{person.LatinGiven} {person.Middle[0]} {person.LatinSurname}" : Spelling.WithoutMarks(person.FullName))
            .Add("firstName", person.LatinGiven)
            .Add("lastName", person.LatinSurname)
            .Add("birthDate", person.BornMonth)
            .Add("nationality", person.Nationality)
            .Add("address", dice.Percent(80) ? person.Address : null)
            .End();
    }

    /// <summary>A body abroad of which nothing is said but its name: nobody can see past it.</summary>
    private static void WriteOpaque(DemoRecords to, string key, int company, int place, ref Dice dice)
    {
        string name = $"{NameTables.Surname((NameStyle)(1 + dice.Below(6)), dice.Below(40))} {dice.Pick(OpaqueWords)}";
        to.Begin("LegalEntity", key, Subject.Company((1 << 30) + (company * 4) + place))
            .Add("name", Spelling.WithoutMarks(Spelling.Romanise(name, 0)))
            .Add("legalForm", "Foreign company, place of registration not stated")
            .End();
    }

    private static readonly string[] OpaqueWords = ["Holdings SA", "Nominees Inc", "Invest GmbH", "Ventures Ltd", "Capital Corp", "Trading LLC"];

    private static void WriteOwnership(
        DemoRecords to,
        DemoCompany company,
        int place,
        string owner,
        (string Percentage, string Nature) band,
        string kind,
        DateOnly? ended
    ) =>
        to.Begin("Ownership", $"{company.RegistrationNumber}-ownership-{place}")
            .Add("owner", owner)
            .Add("asset", company.RegistrationNumber)
            .Add("percentage", band.Percentage)
            .Add("ownershipType", band.Nature)
            .Add("role", kind)
            .Add("startDate", company.Incorporated)
            .Add("endDate", ended)
            .End();
}
