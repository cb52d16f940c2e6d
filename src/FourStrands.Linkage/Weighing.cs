namespace FourStrands.Linkage;

/// <summary>
/// Adds up the evidence for one pair, field by field, in thousandths of a bit. Fields that depend on each other share a cap:
/// address, postcode and phone all speak of one household, and a household is not a person.
/// </summary>
internal ref partial struct Weighing
{
    private readonly Subject left;
    private readonly Subject right;
    private readonly List<Evidence>? reasons;
    private readonly bool organisation;

    /// <summary>One of the two, or both, may be a body: its name alone does not make it another.</summary>
    private readonly bool bodies;
    private int total;
    private int household;
    private int householdMost;
    private int householdMostEmail;
    private bool reached;
    private int bestBits;
    private int bestLeft;
    private int bestRight;
    private NameAgreement bestAgreement;
    private bool strong;
    private bool supported;
    private int telling;
    private DateMatch date;
    private bool standingDoubt;
    private bool orderDoubt;
    private bool half;
    private Field unsureNumber;
    private Field doubtField;
    private string? doubt;

    public Weighing(Subject left, Subject right, List<Evidence>? reasons)
    {
        this.left = left;
        this.right = right;
        this.reasons = reasons;
        organisation = left.Kind is SubjectKind.Organisation or SubjectKind.Vessel || right.Kind is SubjectKind.Organisation or SubjectKind.Vessel;
        bodies = left.Kind != SubjectKind.Person || right.Kind != SubjectKind.Person;
        total = Weights.Prior;
    }

    /// <summary>log2 odds in thousandths.</summary>
    public int Total()
    {
        var name = Names();
        Dates();
        (householdMost, householdMostEmail) = HouseholdMost(name);
        Countries();
        Genders();
        Identifiers();
        PlacesOf(Field.Address, left.Addresses, right.Addresses);
        PlacesOf(Field.BirthPlace, left.BirthPlaces, right.BirthPlaces);
        Doubts();
        return total;
    }

    /// <summary>The cap without an e-mail address in common, and with one.</summary>
    private readonly (int Most, int WithEmail) HouseholdMost(int name)
    {
        if (name >= 0)
            return (Weights.HouseholdMost, Weights.HouseholdMostEmail);
        if (bodies)
            return (Weights.HouseholdMostOtherBody, Weights.HouseholdMostOtherBody);
        if ((bestAgreement.Doubt & NameDoubt.GivenNames) != NameDoubt.None)
            return (Weights.HouseholdMostOtherName, Weights.HouseholdMostOtherName);
        // Somebody of one given name and one birth date in one household took another surname.
        return bestAgreement.SurnameDiffers && date is DateMatch.Whole or DateMatch.Slip
            ? (Weights.HouseholdMost, Weights.HouseholdMostEmail)
            : (Weights.HouseholdMostOtherName, Weights.HouseholdMostEmail);
    }

    /// <summary>What speaks for two subjects keeps them two until a person has looked, unless a number that only one subject has is the same.</summary>
    private void Doubts()
    {
        if (strong || total <= Weights.DoubtMost)
            return;
        if (!bodies && doubt is null && bestBits > 0)
        {
            if ((!supported || half) && bestAgreement.Shared + telling < Weights.TellingEnough)
                Doubt(Field.Name, "many people have such a name and as much of this birth date as is known");
            else if (date < DateMatch.Year && household > 0 && !reached && bestAgreement.SharedParts < 3)
                Doubt(Field.Name, "a parent and a child of one name may live at one address, and no birth date tells them apart");
        }

        // Numbers of which no country is said may be of two countries, and nobody else has this name, birth date and home.
        if (unsureNumber != default && !(date == DateMatch.Whole && household > 0 && bestAgreement is { Similarity: >= 900, Doubt: NameDoubt.None } && !half))
            Doubt(unsureNumber, DifferentNumbers);
        if (standingDoubt && date < DateMatch.Slip)
            Doubt(Field.Name, "one is called the elder or the younger: two people until a person says otherwise");
        if (orderDoubt && date < DateMatch.Slip)
            Doubt(Field.Name, "the given names stand in another order, as a father's and a son's do");
        if (doubt is null)
            return;
        var more = Weights.DoubtMost - total;
        total += more;
        if (reasons is null)
            return;
        var (l, r) = ("", "");
        foreach (var reason in reasons)
        {
            if (reason.Field == doubtField)
                (l, r) = (reason.Left, reason.Right);
        }

        reasons.Add(new Evidence(doubtField, l, r, doubt, more / 1000.0));
    }

    /// <summary>The first doubt is the one that is told.</summary>
    private void Doubt(Field field, string why)
    {
        if (doubt is null)
            (doubtField, doubt) = (field, why);
    }

    private void Add(Field field, int bits, string finding, int leftValue, int rightValue)
    {
        if (bits == 0 && finding.Length == 0)
            return;
        total += bits;
        reasons?.Add(
            new Evidence(field, leftValue < 0 ? "" : left.Written(leftValue), rightValue < 0 ? "" : right.Written(rightValue), finding, bits / 1000.0)
        );
    }

    private void AddText(Field field, int bits, string finding, string leftText, string rightText)
    {
        total += bits;
        reasons!.Add(new Evidence(field, leftText, rightText, finding, bits / 1000.0));
    }

    /// <summary>What is left of the household's cap.</summary>
    private int OfHousehold(int bits)
    {
        if (bits <= 0)
            return bits;
        var allowed = Math.Min(bits, Math.Max(0, householdMost - household));
        household += allowed;
        return allowed;
    }

    private void Dates()
    {
        ReadOnlySpan<int> a = left.Dates,
            b = right.Dates;
        if (a.Length == 0 || b.Length == 0)
            return;
        int best = int.MinValue,
            bestA = 0,
            bestB = 0;
        var words = "";
        for (var i = 0; i < a.Length && i < 64; i++)
        {
            for (var j = 0; j < b.Length && j < 64; j++)
            {
                var bits = PartialDate.Compare(a[i], b[j], out var finding, out var match);
                if (match > date)
                    date = match;
                if (bits > best)
                    (best, bestA, bestB, words) = (bits, a[i], b[j], finding);
            }
        }

        telling = date switch
        {
            DateMatch.Whole or DateMatch.Slip => Weights.TellingDate,
            DateMatch.Month => Weights.TellingMonth,
            DateMatch.Year => Weights.TellingYear,
            _ => 0,
        };
        if (date == DateMatch.Differs)
            Doubt(Field.Date, "different dates are of two until a person says otherwise");

        // A list that gives several birth dates for one person says that none is sure.
        if (best < 0 && Math.Max(a.Length, b.Length) > 1)
            best = best * 3 / 4;
        if (organisation)
            best = best * Weights.DateOrganisationShare / 1000;
        if (reasons is null)
            total += best;
        else
            AddText(Field.Date, best, words, PartialDate.Text(bestA), PartialDate.Text(bestB));
    }

    private void Countries()
    {
        ReadOnlySpan<int> a = left.Countries,
            b = right.Countries;
        if (a.Length == 0 || b.Length == 0)
            return;
        var same = CountryInCommon(a, b);
        var bits =
            same != 0 ? Weights.CountrySame
            : organisation ? Weights.CountryApartOrganisation
            : Weights.CountryApart;
        if (reasons is null)
            total += bits;
        else if (same != 0)
            AddText(Field.Country, bits, "same country", ReferenceTables.CountryCode(same), ReferenceTables.CountryCode(same));
        else
            AddText(Field.Country, bits, "no country in common", ReferenceTables.CountryCode(a[0]), ReferenceTables.CountryCode(b[0]));
    }

    private readonly bool NoCountryInCommon() =>
        left.Countries.Length > 0 && right.Countries.Length > 0 && CountryInCommon(left.Countries, right.Countries) == 0;

    private static int CountryInCommon(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int i = 0,
            j = 0,
            same = 0;
        while (i < a.Length && j < b.Length && same == 0)
        {
            if (a[i] == b[j])
                same = a[i];
            else if (a[i] < b[j])
                i++;
            else
                j++;
        }

        return same;
    }

    private void Genders()
    {
        int a = left.Genders & 7,
            b = right.Genders & 7;
        if (a == 0 || b == 0)
        {
            NamedGenders();
            return;
        }

        var same = (a & b) != 0;
        if (!same && ((a | b) & 4) != 0)
            return;
        var bits = same ? Weights.GenderSame : Weights.GenderApart;
        if (!same)
            Doubt(Field.Gender, "a man and a woman are two until a person says otherwise");
        if (reasons is null)
            total += bits;
        else
            AddText(Field.Gender, bits, same ? "same gender" : "different gender", GenderText(a), GenderText(b));
    }

    /// <summary>Where one side says its gender and only a name says the other's. A side whose own name says otherwise shows that the name does not tell.</summary>
    private void NamedGenders()
    {
        int a = left.Genders & 7,
            b = right.Genders & 7,
            namedA = (left.Genders >> 3) & 3,
            namedB = (right.Genders >> 3) & 3;
        if (bodies || namedA == namedB || (a != 0 ? Contradicts(a, namedB) : b != 0 && Contradicts(b, namedA)) == false)
            return;
        Doubt(Field.Gender, "a man's and a woman's name are two people's until a person says otherwise");
    }

    private static bool Contradicts(int said, int named) => named is 1 or 2 && said is 1 or 2 && said != named;

    private static string GenderText(int genders) =>
        genders switch
        {
            1 => "male",
            2 => "female",
            4 => "other",
            _ => "several",
        };

    private void PlacesOf(Field field, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.Length == 0 || b.Length == 0)
            return;
        var share = Places.Best(a, b, out var i, out var j);
        int bits;
        string finding;
        if (field == Field.BirthPlace)
        {
            (bits, finding) =
                share >= 600 ? (Weights.BirthPlaceSame, "same place of birth")
                : share >= 300 ? (Weights.BirthPlaceSame / 2, "place of birth agrees in part")
                : (Weights.BirthPlaceApart, "another place of birth");
        }
        else
        {
            (bits, finding) =
                share >= 750 ? (Weights.AddressSame, "same address")
                : share >= 450 ? (Weights.AddressNear, "address agrees in part")
                : (Weights.AddressApart, "another address");
            bits = OfHousehold(bits);
        }

        Add(field, bits, finding, i, j);
        supported |= share >= 450;
    }
}
