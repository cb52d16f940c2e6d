using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>
/// What police know: nominals with aliases, phones and birth dates, who goes with whom, and reports. Much of it is added, under
/// a narrower label, to a record that has a wider one too: so the same record says more to some than to others.
/// </summary>
internal sealed class PoliceIntelligence(DemoWorld world)
{
    private static readonly string[] Sayings =
    [
        "is said to speak for the company though not its director",
        "was seen unloading at the yard after hours",
        "is believed to front for somebody else",
        "pays staff in cash",
        "offered a site manager money for the list of bidders",
        "uses several phones and changes them monthly",
        "met other bidders the week before the tender closed",
        "has lent money to drivers at high interest",
    ];

    private static readonly string[] Bonds =
    [
        "business partner",
        "shared a cell",
        "seen together often",
        "brother-in-law",
        "former employer",
        "runs errands for",
    ];

    /// <summary>Which part of police's intelligence somebody is in, if any.</summary>
    private enum Part
    {
        None,
        General,
        Nightjar,
        Redstart,
        Shared,
    }

    /// <summary>Released to partners: who is warned of, and nothing of how it is known.</summary>
    public void WriteShared(DemoRecords to)
    {
        for (int number = 0; number < world.Companies; number++)
        {
            if (Of(number, company: true) == Part.Shared)
                WriteCompany(to, number, "SH-C", phone: false);
            if (Of(number, company: false) == Part.Shared)
                WritePerson(to, number, "SH-P", whole: false);
        }
    }

    public void WriteGeneral(DemoRecords to) => WritePart(to, Part.General, "RPT-G");

    public void WriteNightjar(DemoRecords to)
    {
        WritePart(to, Part.Nightjar, "RPT-N");
        AddToGeneral(to, every: 3, source: 21);
    }

    public void WriteRedstart(DemoRecords to)
    {
        WritePart(to, Part.Redstart, "RPT-R");
        AddToGeneral(to, every: 4, source: 22);
    }

    public static string PersonKey(int number) => string.Create(CultureInfo.InvariantCulture, $"NOM-{(number + 1) * 6151L % 9_999_991:0000000}");

    /// <summary>The people that the NIGHTJAR compartment alone knows of, in order.</summary>
    public IEnumerable<int> NightjarPeople() => Enumerable.Range(0, world.Companies).Where(n => Of(n, company: false) == Part.Nightjar);

    private static string CompanyKey(int number) => string.Create(CultureInfo.InvariantCulture, $"ORG-{(number + 1) * 6151L % 9_999_991:0000000}");

    private Part Of(int number, bool company)
    {
        int at = world.Dice(Dice.Stream.Intelligence, company ? (1L << 40) + number : number).Below(100);
        return at switch
        {
            < 5 => Part.General,
            < 7 => Part.Nightjar,
            < 9 => Part.Redstart,
            < 10 => Part.Shared,
            _ => Part.None,
        };
    }

    private void WritePart(DemoRecords to, Part part, string reports)
    {
        int before = -1;
        int report = 0;
        for (int number = 0; number < world.Companies; number++)
        {
            if (Of(number, company: true) == part)
            {
                WriteCompany(to, number, "", phone: true);
                var link = world.Dice(Dice.Stream.Notes, (2L << 40) + number);
                if (before >= 0 && link.Percent(50))
                {
                    to.Begin("UnknownLink", $"{CompanyKey(number)}-{PersonKey(before)}")
                        .Add("subject", PersonKey(before))
                        .Add("object", CompanyKey(number))
                        .Add("role", link.Pick(Sayings))
                        .End();
                }
            }
            if (Of(number, company: false) != part)
                continue;
            WritePerson(to, number, "", whole: true);
            var dice = world.Dice(Dice.Stream.Notes, (3L << 40) + number);
            if (before >= 0 && dice.Percent(45))
            {
                to.Begin("Associate", $"{PersonKey(before)}-{PersonKey(number)}")
                    .Add("person", PersonKey(before))
                    .Add("associate", PersonKey(number))
                    .Add("relationship", dice.Pick(Bonds))
                    .End();
            }
            if (dice.Percent(35))
            {
                var on = new DateOnly(2024, 1, 8).AddDays(dice.Below(1000));
                string reportNumber = string.Create(CultureInfo.InvariantCulture, $"{reports}-{++report:00000}");
                to.Begin("Report", reportNumber)
                    .Add("name", $"Intelligence report {reportNumber}")
                    .Add("reportNumber", reportNumber)
                    .Add("reportDate", on)
                    .Add("evaluation", dice.Pick(["1 reliable", "2 untested", "3 unreliable"]))
                    .Add("assessment", dice.Pick(["A", "B", "C", "D"]))
                    .Add("handling", dice.Pick(["P", "C"]))
                    .Add("text", $"{world.Person(number).FullName} {dice.Pick(Sayings)}.")
                    .Add("about", PersonKey(number))
                    .End();
            }
            before = number;
        }
    }

    /// <summary>Puts phones, aliases and birth dates on general records, seen only by the compartment.</summary>
    private void AddToGeneral(DemoRecords to, int every, int source)
    {
        for (int number = 0; number < world.Companies; number++)
        {
            if (number % every != 1 || Of(number, company: false) != Part.General)
                continue;
            var person = world.Person(number);
            var dice = person.Variation(source);
            to.Begin("Person", PersonKey(number), Subject.Person(number))
                .Add("alias", person.NameAsHeard(ref dice))
                .Add("phone", person.Phone)
                .Add("birthDate", person.BornDay)
                .End();
        }
    }

    private void WritePerson(DemoRecords to, int number, string prefix, bool whole)
    {
        var person = world.Person(number);
        var dice = person.Variation(20);
        to.Begin("Person", prefix + PersonKey(number), Subject.Person(number))
            .Add("name", person.NameAsHeard(ref dice))
            .Add("birthDate", person.BirthAsHeard(ref dice))
            .Add("gender", person.Gender)
            .Add("address", dice.Percent(45) ? Places.Shortened(person.Address) : null)
            .Add("weakAlias", whole && dice.Percent(25) ? person.Given[^1] : null)
            .Add("phone", whole && dice.Percent(70) ? person.Phone : null)
            .Add("topics", "poi")
            .End();
    }

    private void WriteCompany(DemoRecords to, int number, string prefix, bool phone)
    {
        var company = world.Company(number);
        var dice = company.Variation(20);
        to.Begin("Company", prefix + CompanyKey(number), Subject.Company(number))
            .Add("name", company.NameAsHeard(ref dice))
            .Add("registrationNumber", dice.Percent(50) ? company.RegistrationNumber : null)
            .Add("address", dice.Percent(50) ? Places.Shortened(company.Address) : company.Town)
            .Add("phone", phone ? company.Phone : null)
            .Add("topics", "poi")
            .End();
    }
}
