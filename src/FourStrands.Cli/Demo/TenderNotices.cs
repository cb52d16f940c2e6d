using System.Globalization;

namespace FourStrands.Cli.Demo;

/// <summary>Calls for tenders with their bidders, and the contracts awarded. Bidders appear as they wrote themselves.</summary>
internal sealed class TenderNotices(DemoWorld world)
{
    private static readonly (string Key, string Name)[] Authorities =
    [
        ("AU-1", "Glenbrae Council"),
        ("AU-2", "Strathorn Council"),
        ("AU-3", "Kirkmorrow Council"),
        ("AU-4", "Dunmarrow Council"),
        ("AU-5", "National Roads (fictional)"),
    ];

    private static readonly string[] Works =
    [
        "Winter gritting",
        "Grounds maintenance",
        "School transport",
        "Waste collection",
        "Void house repairs",
        "Door supervision",
        "Street cleaning",
        "Catering at schools",
        "Roof renewal",
        "Skip hire",
        "Road surfacing",
        "Demolition of old depots",
        "Fencing of playing fields",
        "Care at home",
    ];

    public void Write(DemoRecords to)
    {
        foreach (var (key, name) in Authorities)
            to.Begin("PublicBody", key, Subject.Character(1000 + key[^1])).Add("name", name).Add("country", "gb").End();
        for (int i = 0; i < Math.Max(4, world.Records / 130); i++)
        {
            var dice = world.Dice(Dice.Stream.Tenders, i);
            string authority = dice.Pick(Authorities).Key;
            var published = new DateOnly(2023, 1, 9).AddDays(dice.Below(1300));
            string title = $"{dice.Pick(Works)} {published.Year}, {Places.Town(ref dice)}";
            string number = string.Create(CultureInfo.InvariantCulture, $"QX-{published.Year}-{i + 1:00000}");
            int bidders = dice.Between(2, 6);
            string[] keys = new string[bidders];
            for (int b = 0; b < bidders; b++)
            {
                keys[b] = $"{number}-bidder-{b + 1}";
                var company = world.Company(dice.Below(world.Companies));
                to.Begin("Company", keys[b], Subject.Company(company.Number))
                    .Add("name", company.NameAsHeard(ref dice))
                    .Add("registrationNumber", dice.Percent(65) ? company.RegistrationNumber : null)
                    .Add("address", dice.Percent(50) ? Places.Shortened(company.Address) : company.Town)
                    .Add("email", company.Email)
                    .Add("phone", dice.Percent(50) ? company.Phone : null)
                    .End();
            }
            var call = to.Begin("CallForTenders", number)
                .Add("title", title)
                .Add("authority", authority)
                .Add("callId", number)
                .Add("publicationDate", published)
                .Add("submissionDeadline", published.AddDays(35));
            foreach (string key in keys)
                call.Add("tenderers", key);
            call.End();
            to.Begin("Contract", number + "-contract")
                .Add("title", title)
                .Add("authority", authority)
                .Add("contractDate", published.AddDays(80))
                .Add("amount", (dice.Between(40, 4000) * 1000).ToString(CultureInfo.InvariantCulture))
                .Add("currency", "GBP")
                .End();
            to.Begin("ContractAward", number + "-award")
                .Add("supplier", keys[dice.Below(bidders)])
                .Add("contract", number + "-contract")
                .Add("callForTenders", number)
                .Add("date", published.AddDays(70))
                .End();
        }
    }
}
