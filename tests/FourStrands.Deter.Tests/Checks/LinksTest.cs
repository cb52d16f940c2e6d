using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class LinksTest
{
    private const string House = "Companies House";

    private static BidderList Csv(string text) => BidderList.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "list.csv");

    private static CheckResult Run(World world, string csv) =>
        world.Run(World.Glenbrae, world.Checks.Start(world.As(World.Glenbrae), new CheckRequest("Test"), Csv(csv)));

    [Fact]
    public void Bidders_of_one_name_are_told_apart_by_their_number_or_line()
    {
        using var world = new World();
        world.Register("Companies House", "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb");
        var result = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456, 0141 496 0123\nAcme Groundworks Ltd, SC999999, 0141 496 0123");
        Assert.Contains(
            result.Links,
            l =>
                l.Bidders.Select(b => b.Name)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(["Acme Groundworks Ltd (SC123456)", "Acme Groundworks Ltd (SC999999)"])
        );
    }

    [Fact]
    public void A_phone_an_address_an_email_and_an_account_that_two_bidders_share()
    {
        using var world = new World();
        var result = Run(
            world,
            """
            name,number,phone,address,email,iban
            Acme Groundworks Ltd,SC123456,0141 496 0123,"Unit 4, 12 High Street, Glasgow G1 1AA",bids@shared.example,GB29 NWBK 6016 1331 9268 19
            Zebra Catering Ltd,SC777777,+44 141 496 0123,"4/12 High St, G11AA",BIDS@shared.example,GB29NWBK60161331926819
            Quiet Lodge Ltd,SC888888,0131 496 0000,"9 Low Road, Wick KW1 4AA",quiet@lodge.example,
            """
        );
        Assert.Equal([LinkKind.SharedBankAccount, LinkKind.SharedPhone, LinkKind.SharedEmail, LinkKind.SharedAddress], result.Links.Select(l => l.Kind));
        Assert.All(result.Links, l => Assert.Equal(FindingStatus.Confirmed, l.Status));
        Assert.All(result.Links, l => Assert.Equal(["Acme Groundworks Ltd", "Zebra Catering Ltd"], l.Bidders.Select(b => b.Name)));
        Assert.True(result.HasFindings);
        Assert.Contains(CheckTable.Rows(result), r => r[3] == "The same phone number" && r[0] == "Zebra Catering Ltd");
    }

    [Fact]
    public void A_director_of_two_bidders_is_possible_until_both_identities_are_judged()
    {
        using var world = new World();
        world.Register(
            House,
            "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb",
            "b Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb",
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "d1 Directorship director=p; organization=a; role=director",
            "d2 Directorship director=p; organization=b; role=director"
        );
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nZebra Catering Ltd, SC777777");
        var before = world.Run(World.Glenbrae, check);
        Assert.Equal((LinkKind.SharedOfficer, FindingStatus.Possible), (before.Links[0].Kind, before.Links[0].Status));
        world.ConfirmIdentities(World.Glenbrae, before);
        var link = Assert.Single(world.Run(World.Glenbrae, check).Links);
        Assert.Equal((LinkKind.SharedOfficer, FindingStatus.Confirmed, "Josephine Bloggsworth"), (link.Kind, link.Status, link.Shared));
    }

    [Fact]
    public void A_former_director_makes_a_former_link()
    {
        using var world = new World();
        world.Register(
            House,
            "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb",
            "b Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb",
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "d1 Directorship director=p; organization=a; role=director; endDate=2020-01-01",
            "d2 Directorship director=p; organization=b; role=director"
        );
        Assert.True(Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nZebra Catering Ltd, SC777777").Links).Former);
    }

    [Fact]
    public void An_owner_behind_two_bidders_and_one_bidder_that_owns_another()
    {
        using var world = new World();
        world.Register(
            House,
            "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb",
            "b Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb",
            "c Company name=Carrick Plant Limited; registrationNumber=SC333333; jurisdiction=gb",
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "o1 Ownership owner=p; asset=a; percentage=100",
            "o2 Ownership owner=p; asset=b; percentage=100",
            "o3 Ownership owner=a; asset=c; percentage=100"
        );
        var links = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nZebra Catering Ltd, SC777777\nCarrick Plant Ltd, SC333333").Links;
        Assert.Contains(
            links,
            l => l.Kind == LinkKind.OneBehindOther && l.Bidders.Select(b => b.Name).SequenceEqual(["Acme Groundworks Ltd", "Carrick Plant Ltd"])
        );
        Assert.Contains(links, l => l.Kind == LinkKind.SharedOwner && l.Bidders.Count == 3);
    }

    [Fact]
    public void One_bidder_listed_under_two_names_is_said_to_be_one_and_shares_nothing_with_itself()
    {
        using var world = new World();
        world.Register(
            House,
            "a Company name=Acme Groundworks Limited; previousName=Bolt Haulage Limited; registrationNumber=SC123456; jurisdiction=gb; phone=+441414960123"
        );
        var result = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nBolt Haulage Ltd, SC123456");
        Assert.Equal((LinkKind.SameBidder, FindingStatus.Possible), (Assert.Single(result.Links).Kind, result.Links[0].Status));
    }
}
