using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Finds what joins competing bidders: each bidder's people, numbers and addresses go into one index, and what two of them put
/// into the same place is a link. Work grows with the bidders, not with their pairs.
/// </summary>
internal sealed class BidderLinks(Neighbours run)
{
    /// <summary>The most links of one check. Of more, the strongest are kept, and the check says so.</summary>
    private const int MostLinks = 2000;

    private readonly Dictionary<(Shelf, string), List<End>> _index = [];
    private readonly Dictionary<RecordId, List<End>> _people = [];
    private readonly List<BidderInquiry> _bidders = [];
    private readonly Dictionary<RecordId, int> _order = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    private enum Shelf
    {
        Bidder,
        BankAccount,
        Phone,
        Email,
        Address,
    }

    /// <summary>Puts in what is known of a bidder.</summary>
    public void Add(BidderInquiry bidder)
    {
        int number = _bidders.Count;
        _bidders.Add(bidder);
        _names[bidder.Bidder.Name] = _names.GetValueOrDefault(bidder.Bidder.Name) + 1;
        _order[bidder.Bidder.Record] = number;
        if (bidder.Subject is not { } subject)
            return;
        Put(Shelf.Bidder, subject.Id.ToString(), new End(number, null, FindingStatus.Confirmed, false, () => [], null, Role.Itself, subject));
        foreach (var company in bidder.Companies)
        {
            foreach (var record in company.Entity.Records)
                Values(bidder, number, record, record.Id);
            foreach (var tie in company.Ties)
                Things(bidder, number, tie);
        }
        foreach (var (tie, who, route) in bidder.RunBy)
            Person(who, new End(number, who.Id, route.Status, tie.Former, () => [.. bidder.Routes.Parts(route), Shown.Tie(run, tie)], null, Role.Officer, who));
        foreach (var held in bidder.OwnedBy)
            Person(held.Subject, new End(number, held.Subject.Id, held.Status, held.Former, () => held.Way, null, Role.Owner, held.Subject));
    }

    /// <summary>The links, strongest first, and whether there are more than are kept.</summary>
    public (IReadOnlyList<BidderLink> Links, bool IsCut) Find()
    {
        List<BidderLink> links = [];
        foreach (var ((shelf, key), ends) in _index)
        {
            if (Distinct(ends) is { Count: > 1 } joined && (shelf == Shelf.Bidder || SeveralSubjects(joined)))
                links.Add(ByValue(shelf, key, joined));
        }
        foreach (var (person, ends) in _people)
        {
            if (Distinct(ends) is { Count: > 1 } joined && SeveralSubjects(joined))
                links.Add(ByPerson(person, joined));
            Behind(person, ends, links);
            MaybeShared(person, ends, links);
        }
        foreach (var bidder in _bidders)
            MaybeSame(bidder, links);
        List<BidderLink> ordered =
        [
            .. links
                .DistinctBy(l => l.Id)
                .OrderBy(l => l.Status)
                .ThenBy(l => l.Former)
                .ThenBy(l => l.Kind)
                .ThenBy(l => l.Shared, StringComparer.Ordinal)
                .ThenBy(l => l.Id, StringComparer.Ordinal),
        ];
        return ordered.Count > MostLinks ? (ordered[..MostLinks], true) : (ordered, false);
    }

    private void Values(BidderInquiry bidder, int number, RecordView record, RecordId at)
    {
        string? street = null;
        foreach (var said in record.Statements)
        {
            switch (said.Property.Name)
            {
                case "phone" or "number" when said.Property.Type.Name == "phone":
                    Value(Shelf.Phone, PhoneKey(said.Value), said);
                    break;
                case "email":
                    Value(Shelf.Email, said.Value, said);
                    break;
                case "iban":
                    Value(Shelf.BankAccount, string.Concat(said.Value.Where(char.IsLetterOrDigit)).ToUpperInvariant(), said);
                    break;
                case "address" or "full":
                    Value(Shelf.Address, AddressKey.Of(said.Value), said);
                    break;
                case "street":
                    street = said.Value;
                    break;
                case "postalCode" when street is null:
                    street = record.Values("street").FirstOrDefault();
                    if (street is not null)
                        Value(Shelf.Address, AddressKey.Of($"{street} {said.Value}"), said);
                    break;
                default:
                    break;
            }
        }

        void Value(Shelf shelf, string? key, Said said)
        {
            if (string.IsNullOrEmpty(key) || bidder.Routes.To(at) is not { } route)
                return;
            Put(shelf, key, new End(number, null, route.Status, route.Former, () => bidder.Routes.Parts(route), said, Role.Itself, bidder.Subject!));
        }
    }

    // A bank account, a phone or a place that the bidder is tied to is a record of its own.
    private void Things(BidderInquiry bidder, int number, TieUse tie)
    {
        var schema = tie.Other.Schema;
        if (!schema.Is("BankAccount") && !schema.Is("Phone") && !schema.Is("Address"))
            return;
        if (tie.Former || run.Find(tie.Far) is not { } thing)
            return;
        foreach (var record in thing.Entity.Records)
            Values(bidder, number, record, tie.Near);
    }

    private void Person(Neighbour who, End end)
    {
        if (!_people.TryGetValue(who.Id, out var ends))
            _people[who.Id] = ends = [];
        ends.Add(end);
    }

    private void Put(Shelf shelf, string key, End end)
    {
        if (!_index.TryGetValue((shelf, key), out var ends))
            _index[(shelf, key)] = ends = [];
        ends.Add(end);
    }

    // Of several ways in which one bidder is joined to the same thing the best-founded counts.
    private static List<End> Distinct(List<End> ends) =>
        [.. ends.GroupBy(e => e.Bidder).OrderBy(g => g.Key).Select(g => g.OrderBy(e => e.Former).ThenBy(e => e.Status).ThenByDescending(e => e.Role).First())];

    // One bidder listed twice shares everything with itself: that is said once.
    private bool SeveralSubjects(List<End> ends) => ends.Select(e => _bidders[e.Bidder].Subject!.Id).Distinct().Skip(1).Any();

    private BidderLink ByValue(Shelf shelf, string key, List<End> ends)
    {
        var (kind, what) = shelf switch
        {
            Shelf.Bidder => (LinkKind.SameBidder, "These bidders are one and the same"),
            Shelf.BankAccount => (LinkKind.SharedBankAccount, "The same bank account"),
            Shelf.Phone => (LinkKind.SharedPhone, "The same phone number"),
            Shelf.Email => (LinkKind.SharedEmail, "The same e-mail address"),
            _ => (LinkKind.SharedAddress, "The same address"),
        };
        // Bidders are one by a match: by the judgements of that match, not for certain.
        if (shelf == Shelf.Bidder)
            return SameBidder(ends);
        string shared = ends.Select(e => e.Said!.Shown).Order(StringComparer.Ordinal).First();
        return Make($"{kind}-{BidderName.Digest(key)}", kind, what, shared, null, [.. ends.Select(e => EndOf(e))]);
    }

    private BidderLink SameBidder(List<End> ends)
    {
        var subject = _bidders[ends[0].Bidder].Subject!;
        List<LinkEnd> shown = [EndOf(ends[0])];
        foreach (var end in ends.Skip(1))
        {
            var other = _bidders[end.Bidder];
            var route = _bidders[ends[0].Bidder].Routes.To(other.Bidder.Record);
            var path = route is null ? [] : _bidders[ends[0].Bidder].Routes.Parts(route);
            shown.Add(new LinkEnd(other.Bidder.Record, NameOf(other.Bidder), MatchWords.StatusOf(path).Status, false, path, []));
        }
        return Make(
            $"{LinkKind.SameBidder}-{subject.Id}",
            LinkKind.SameBidder,
            shown.Count(e => e.Status == FindingStatus.Confirmed) > 1 ? "These bidders are one and the same" : "These bidders may be one and the same",
            subject.Entity.Caption,
            Shown.Subject(run, subject),
            shown
        );
    }

    // Two bidders of the list who may be one.
    private void MaybeSame(BidderInquiry bidder, List<BidderLink> links)
    {
        if (bidder.Subject is not { } subject)
            return;
        foreach (var possible in subject.Possible)
        {
            if (
                run.Met(possible.Far) is not { } other
                || other.Id.CompareTo(subject.Id) < 0
                || !_index.TryGetValue((Shelf.Bidder, other.Id.ToString()), out var ends)
            )
                continue;
            if (subject.Record(possible.Near) is not { } near || other.Record(possible.Far) is not { } far)
                continue;
            var mine = new LinkEnd(bidder.Bidder.Record, NameOf(bidder.Bidder), FindingStatus.Confirmed, false, [], []);
            List<LinkEnd> both =
            [
                mine,
                .. Distinct(ends)
                    .Select(e => new LinkEnd(
                        _bidders[e.Bidder].Bidder.Record,
                        NameOf(_bidders[e.Bidder].Bidder),
                        FindingStatus.Possible,
                        false,
                        [run.Use(possible.Match, near, far)],
                        []
                    )),
            ];
            links.Add(
                Make(
                    $"{LinkKind.SameBidder}-{subject.Id}-{other.Id}",
                    LinkKind.SameBidder,
                    "These bidders may be one and the same",
                    subject.Entity.Caption,
                    Shown.Subject(run, subject),
                    both
                )
            );
        }
    }

    private BidderLink ByPerson(RecordId person, List<End> ends)
    {
        bool owners = ends.Count(e => e.Role == Role.Owner) > 1;
        bool officers = ends.All(e => e.Role == Role.Officer);
        var kind = officers || !owners ? LinkKind.SharedOfficer : LinkKind.SharedOwner;
        string what =
            officers ? "The same person or body runs them"
            : owners ? "The same owner stands behind them"
            : "The same person or body runs or owns them";
        var who = ends[0].Subject;
        return Make($"{kind}-{person}", kind, what, who.Entity.Caption, Shown.Subject(run, who), [.. ends.Select(e => EndOf(e))]);
    }

    // One bidder owns another, or runs it.
    private void Behind(RecordId person, List<End> ends, List<BidderLink> links)
    {
        if (!_index.TryGetValue((Shelf.Bidder, person.ToString()), out var selves))
            return;
        foreach (var self in Distinct(selves))
        {
            foreach (var end in Distinct(ends))
            {
                if (end.Bidder == self.Bidder || _bidders[end.Bidder].Subject!.Id == person)
                    continue;
                string what = end.Role == Role.Owner ? "One bidder owns the other" : "One bidder runs the other";
                var path = end.Path();
                // The way leads to the owner's register record; from there to the other bidder's own record it passes through its matches.
                var back = _bidders[self.Bidder].Routes;
                var last = path.OfType<TieStep>().LastOrDefault();
                var status = self.Subject.Entity.Records.Count > 1 && !JudgedWithin(self.Subject, back) ? FindingStatus.Possible : FindingStatus.Confirmed;
                links.Add(
                    Make(
                        $"{LinkKind.OneBehindOther}-{_bidders[self.Bidder].Bidder.Record}-{_bidders[end.Bidder].Bidder.Record}",
                        LinkKind.OneBehindOther,
                        what,
                        last is null ? self.Subject.Entity.Caption : $"{self.Subject.Entity.Caption} and {NameOf(_bidders[end.Bidder].Bidder)}",
                        Shown.Subject(run, self.Subject),
                        [new LinkEnd(_bidders[self.Bidder].Bidder.Record, NameOf(_bidders[self.Bidder].Bidder), status, false, [], []), EndOf(end)]
                    )
                );
            }
        }
    }

    private static bool JudgedWithin(Neighbour subject, Routes routes) => subject.Entity.Records.All(r => routes.To(r.Id) is { Trust: Trust.Judged });

    // Two people who may be one: a link that a judgement would make or end.
    private void MaybeShared(RecordId person, List<End> ends, List<BidderLink> links)
    {
        foreach (var possible in ends[0].Subject.Possible)
        {
            if (run.Met(possible.Far) is not { } other || other.Id.CompareTo(person) < 0 || !_people.TryGetValue(other.Id, out var others))
                continue;
            var mine = Distinct(ends);
            var theirs = Distinct(others).Where(o => mine.All(m => m.Bidder != o.Bidder)).ToList();
            if (theirs.Count == 0 || ends[0].Subject.Record(possible.Near) is not { } near || other.Record(possible.Far) is not { } far)
                continue;
            var match = run.Use(possible.Match, far, near);
            List<LinkEnd> both =
            [
                .. mine.Select(e => EndOf(e)),
                .. theirs.Select(e => EndOf(e) with { Status = FindingStatus.Possible, Path = [.. e.Path(), match] }),
            ];
            if (both.Count < 2 || !SeveralSubjects([.. mine, .. theirs]))
                continue;
            bool owners = mine.Any(e => e.Role == Role.Owner) && theirs.Any(e => e.Role == Role.Owner);
            var kind = owners ? LinkKind.SharedOwner : LinkKind.SharedOfficer;
            links.Add(
                Make(
                    $"{kind}-{person}-{other.Id}",
                    kind,
                    owners ? "The same owner may stand behind them" : "The same person or body may run them",
                    ends[0].Subject.Entity.Caption,
                    Shown.Subject(run, ends[0].Subject),
                    both
                )
            );
        }
    }

    /// <summary>Its name; where others of the list bear the same, with what tells them apart.</summary>
    private string NameOf(CheckedBidder bidder) =>
        bidder.CompanyNumber != bidder.Name && _names.GetValueOrDefault(bidder.Name) > 1
            ? $"{bidder.Name} ({(bidder.CompanyNumber.Length > 0 ? bidder.CompanyNumber : $"line {bidder.Line}")})"
            : bidder.Name;

    private LinkEnd EndOf(End end)
    {
        var bidder = _bidders[end.Bidder].Bidder;
        return new LinkEnd(bidder.Record, NameOf(bidder), end.Status, end.Former, end.Path(), end.Said is { } said ? [Shown.Basis(run, said)] : []);
    }

    private BidderLink Make(string id, LinkKind kind, string what, string shared, SubjectRef? subject, IReadOnlyList<LinkEnd> ends)
    {
        // A link is confirmed if two of its sides are, and current if two of its sides are.
        bool confirmed = ends.Count(e => e.Status == FindingStatus.Confirmed) > 1;
        bool former = ends.Count(e => !e.Former) < 2;
        string text = confirmed
            ? MatchWords.StatusOf(ends.Where(e => e.Status == FindingStatus.Confirmed).SelectMany(e => e.Path)).Text
            : MatchWords.StatusOf(ends.SelectMany(e => e.Path)).Text;
        return new BidderLink(
            id,
            kind,
            what,
            shared,
            subject,
            confirmed ? FindingStatus.Confirmed : FindingStatus.Possible,
            text,
            former,
            [.. ends.OrderBy(e => _order[e.Bidder])]
        );
    }

    // National numbers of this country and the same with +44 are one.
    private static string? PhoneKey(string phone)
    {
        string digits = string.Concat(phone.Where(char.IsAsciiDigit));
        if (!phone.StartsWith('+') && digits.StartsWith('0') && !digits.StartsWith("00", StringComparison.Ordinal))
            digits = "44" + digits[1..];
        return digits.Length < 7 ? null : digits;
    }

    private enum Role
    {
        Itself,
        Officer,
        Owner,
    }

    private sealed record End(
        int Bidder,
        RecordId? Person,
        FindingStatus Status,
        bool Former,
        Func<IReadOnlyList<PathPart>> Path,
        Said? Said,
        Role Role,
        Neighbour Subject
    );
}
