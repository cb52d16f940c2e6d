using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>Sanctions, disqualifications, debarments, insolvencies, and convictions as recorded: each list with its own spelling of names.</summary>
internal sealed class PublicLists(DemoWorld world)
{
    private static readonly DateOnly Recent = new(2019, 1, 7);

    private static readonly string[] Offences =
    [
        "Conspiracy relating to participation in a criminal organisation",
        "Fraud by false tenders",
        "Offering a bribe",
        "Evasion of landfill tax",
        "Money laundering",
        "Directing serious organised crime",
        "Being concerned in the supply of controlled drugs",
        "Keeping waste without a licence",
        "Embezzlement",
    ];

    private static readonly string[] Courts =
    [
        "High Court at Kirkmorrow",
        "Sheriff Court at Glenbrae",
        "Sheriff Court at Strathorn",
        "Sheriff Court at Dunmarrow",
    ];

    public void WriteSanctions(DemoRecords to)
    {
        for (int i = 0; i < world.Foreigners; i++)
            WriteSanctionedPerson(to, world.People + i);
        for (int i = 0; i < Math.Max(2, world.Records / 1000); i++)
            WriteSanctionedPerson(to, world.Dice(Dice.Stream.Lists, i).Below(world.People));
        for (int i = 0; i < Math.Max(2, world.Records / 600); i++)
        {
            var dice = world.Dice(Dice.Stream.Lists, 10_000_000 + i);
            int number = dice.Below(world.Companies);
            WriteCompany(to, number, $"SL-C{i + 1:0000}", "sanction", ref dice);
            WriteMeasure(
                to,
                $"SL-C{i + 1:0000}",
                "Sanctions Office (fictional)",
                "Financial Integrity (Fictional) Regulations",
                "Asset freeze",
                ref dice,
                ended: false
            );
        }
    }

    public void WriteDisqualified(DemoRecords to)
    {
        for (int i = 0; i < Math.Max(5, world.Records / 220); i++)
        {
            var dice = world.Dice(Dice.Stream.Lists, 20_000_000 + i);
            string key = $"DQ-{i + 1:00000}";
            var person = world.Person(dice.Below(world.People));
            to.Begin("Person", key, Subject.Person(person.Number))
                .Add("name", person.NameAsHeard(ref dice))
                .Add("birthDate", dice.Percent(85) ? person.BornDay : null)
                .Add("nationality", dice.Percent(60) ? person.Nationality : null)
                .Add("address", dice.Percent(70) ? Places.Shortened(person.Address) : null)
                .Add("topics", "corp.disqual")
                .End();
            WriteMeasure(to, key, "Insolvency Service (fictional)", "Company Directors Disqualification Act 1986", "Undertaking", ref dice, dice.Percent(25));
        }
    }

    public void WriteDebarred(DemoRecords to)
    {
        for (int i = 0; i < Math.Max(3, world.Records / 900); i++)
        {
            var dice = world.Dice(Dice.Stream.Lists, 30_000_000 + i);
            string key = $"DB-{i + 1:0000}";
            WriteCompany(to, dice.Below(world.Companies), key, "debarment", ref dice);
            WriteMeasure(
                to,
                key,
                "Procurement Office (fictional)",
                "Debarment list",
                dice.Percent(50) ? "Discretionary: professional misconduct" : "Mandatory: organised crime",
                ref dice,
                dice.Percent(15)
            );
        }
    }

    public void WriteInsolvencies(DemoRecords to)
    {
        for (int i = 0; i < Math.Max(5, world.Records / 110); i++)
        {
            var dice = world.Dice(Dice.Stream.Lists, 40_000_000 + i);
            string key = $"IN-{i + 1:00000}";
            bool person = dice.Percent(30);
            if (person)
            {
                var debtor = world.Person(dice.Below(world.People));
                to.Begin("Person", key, Subject.Person(debtor.Number))
                    .Add("name", debtor.NameAsHeard(ref dice))
                    .Add("birthDate", debtor.BirthAsHeard(ref dice))
                    .Add("address", debtor.Address)
                    .Add("topics", "insolvency")
                    .End();
            }
            else
            {
                WriteCompany(to, dice.Below(world.Companies), key, "insolvency", ref dice);
            }
            var from = Recent.AddDays(dice.Below(2500));
            to.Begin("Insolvency", key + "-notice")
                .Add("debtor", key)
                .Add(
                    "type",
                    person ? "Sequestration"
                        : dice.Percent(60) ? "Liquidation"
                        : "Administration"
                )
                .Add("status", dice.Percent(70) ? "Open" : "Closed")
                .Add("court", dice.Pick(Courts))
                .Add("startDate", from)
                .End();
        }
    }

    public void WriteConvictions(DemoRecords to)
    {
        for (int i = 0; i < Math.Max(5, world.Records / 120); i++)
        {
            var dice = world.Dice(Dice.Stream.Lists, 50_000_000 + i);
            string key = $"CV-{i + 1:00000}";
            var person = world.Person(dice.Below(world.People));
            to.Begin("Person", key, Subject.Person(person.Number))
                .Add("name", person.NameAsHeard(ref dice))
                .Add("birthDate", dice.Percent(92) ? person.BornDay : person.BornYear)
                .Add("gender", person.Gender)
                .Add("address", dice.Percent(40) ? Places.Shortened(person.Address) : null)
                .Add("topics", "crime.convicted")
                .End();
            var on = Recent.AddDays(dice.Below(2600));
            to.Begin("Conviction", key + "-conviction")
                .Add("subject", key)
                .Add("offence", dice.Pick(Offences))
                .Add("court", dice.Pick(Courts))
                .Add("caseNumber", string.Create(CultureInfo.InvariantCulture, $"QX-{on.Year}-{i + 1:00000}"))
                .Add("sentence", $"{dice.Between(6, 120)} months")
                .Add("date", on)
                .End();
        }
    }

    private void WriteSanctionedPerson(DemoRecords to, int number)
    {
        var person = world.Person(number);
        var dice = person.Variation(2);
        string key = string.Create(CultureInfo.InvariantCulture, $"SL-P{number:000000}");
        to.Begin("Person", key, Subject.Person(number))
            .Add("name", person.NameAsHeard(ref dice))
            .Add("alias", dice.Percent(60) ? person.NameAsHeard(ref dice) : null)
            .Add("alias", dice.Percent(50) ? person.HomeName : null)
            .Add("weakAlias", dice.Percent(15) ? person.Given[^1] : null)
            .Add("birthDate", person.BirthAsHeard(ref dice))
            .Add("gender", person.Gender)
            .Add("nationality", person.Nationality)
            .Add("passportNumber", dice.Percent(30) ? string.Create(CultureInfo.InvariantCulture, $"QX{dice.Below(10_000_000):0000000}") : null)
            .Add("topics", "sanction")
            .End();
        WriteMeasure(to, key, "Sanctions Office (fictional)", "Financial Integrity (Fictional) Regulations", "Asset freeze", ref dice, ended: false);
    }

    private void WriteCompany(DemoRecords to, int number, string key, string topic, ref Dice dice)
    {
        var company = world.Company(number);
        to.Begin("Company", key, Subject.Company(number))
            .Add("name", company.NameAsHeard(ref dice))
            .Add("registrationNumber", dice.Percent(75) ? company.RegistrationNumber : null)
            .Add("address", dice.Percent(60) ? company.Address : null)
            .Add("jurisdiction", "gb")
            .Add("topics", topic)
            .End();
    }

    private static void WriteMeasure(DemoRecords to, string key, string authority, string program, string reason, ref Dice dice, bool ended)
    {
        var from = ended ? new DateOnly(2016, 2, 1).AddDays(dice.Below(900)) : new DateOnly(2022, 3, 1).AddDays(dice.Below(1500));
        to.Begin("Sanction", key + "-measure")
            .Add("entity", key)
            .Add("authority", authority)
            .Add("program", program)
            .Add("reason", reason)
            .Add("startDate", from)
            .Add("endDate", ended ? from.AddYears(4) : null)
            .End();
    }
}
