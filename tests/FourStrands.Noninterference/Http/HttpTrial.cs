using System.Globalization;
using FourStrands.Noninterference.Differential;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Http;

/// <summary>One history, and the workbench over it: whole, and without what one viewer may not see.</summary>
internal static class HttpTrial
{
    /// <summary>Whose answers are compared, history by history: they have pages of their own.</summary>
    private static readonly Func<Viewer, bool>[] Turns =
    [
        v => !v.May(Power.Administer) && !v.May(Power.Audit),
        v => v.May(Power.Administer),
        v => !v.May(Power.Administer) && !v.May(Power.Audit),
        v => v.May(Power.Audit) && !v.May(Power.AuditAll),
        v => v.May(Power.AuditAll),
    ];

    /// <summary>Many histories from one seed.</summary>
    /// <param name="seed">Of all of them.</param>
    /// <param name="shown">Receives the routes that showed something.</param>
    /// <param name="goOn">Whether another is played, by how many requests were compared over how many histories.</param>
    public static async Task<(int Cases, int Histories, string? Difference)> Many(ulong seed, HashSet<string> shown, Func<int, int, bool> goOn)
    {
        var dice = new Dice(seed);
        int cases = 0,
            histories = 0;
        while (goOn(cases, histories))
        {
            var (done, difference) = await Run(dice.Next(), 60, shown, Turns[histories % Turns.Length]);
            cases += done;
            histories++;
            if (difference is not null)
                return (cases, histories, difference);
        }
        return (cases, histories, null);
    }

    /// <summary>A history with checks in it.</summary>
    public static History Make(ulong seed)
    {
        var dice = new Dice(seed ^ 0x1234_5678);
        var history = History.Make(seed);
        int minute = history.Acts[^1].Minute;
        // Those who open emergency access are people of a store that no workbench has opened yet.
        var acts = history.Acts.Where(a => a is not EmergencyAct).ToList();
        foreach (var by in Viewer.BuiltIn)
        {
            if (dice.Percent(75))
                acts.Add(
                    new CheckAct(by, $"Check of {by.Name}", $"{dice.Of(Vocabulary.Bodies)}\n{dice.Of(Vocabulary.People)}", dice.Between(1, 3))
                    {
                        Minute = ++minute,
                    }
                );
        }
        return history with { Acts = acts };
    }

    /// <param name="seed">The history's seed.</param>
    /// <param name="requests">How many requests, besides one of every route.</param>
    /// <param name="shown">Receives the routes that showed something to somebody who may see something.</param>
    /// <param name="among">Whose answers may be compared.</param>
    /// <returns>How many requests were compared, and the first difference.</returns>
    public static async Task<(int Cases, string? Difference)> Run(ulong seed, int requests, HashSet<string> shown, Func<Viewer, bool> among)
    {
        Viewer[] viewers = [.. Viewer.BuiltIn.Where(among)];
        var history = Make(seed);
        if (viewers.All(v => v.May(Power.Audit)))
            history = WithoutReadingOnTheWay(history);
        var dice = new Dice(seed ^ 0x55AA_55AA);
        using var whole = new Stage();
        var outcomes = Trial.PlayAll(whole, history.Acts).Outcomes;
        var viewer = viewers.OrderByDescending(v => history.Acts.Any(a => IsHidden(a, v, outcomes) && a is not WarmAct)).ThenBy(_ => dice.Next()).First();
        using var without = new Stage();
        foreach (var act in history.Acts)
        {
            if (!IsHidden(act, viewer, outcomes))
            {
                // Whose log the viewer reads does all that was done, with all that it was done with.
                if (LogShows(act.By, viewer))
                    without.Do(act, outcomes);
                else
                    Trial.Again(without, act, viewer, outcomes);
            }
        }
        whole.SetMinute(history.Acts[^1].Minute);
        without.SetMinute(history.Acts[^1].Minute);
        await using var first = await Site.Start(whole);
        await using var second = await Site.Start(without);
        Administer(dice.Fork(), whole, viewer);
        Correspond(dice.Fork(), whole, without, viewer);
        Offer(whole, without, viewer);
        Watch(whole, without, viewer);
        Hasten(dice.Fork(), whole, without, viewer);
        var (one, other) = (await first.SignIn(viewer, withKey: true), await second.SignIn(viewer, withKey: true));
        var stranger = dice.Of([.. Viewer.BuiltIn.Where(v => v != viewer && !LogShows(v, viewer))]);
        // Its machine, and when its key was last used, is for the administrators of its agency to see.
        var bystander = await first.SignIn(stranger, withKey: stranger.Agency != viewer.Agency);
        var asker = new Asker(dice.Fork(), history.Acts, outcomes);
        RecordId[] checks = [.. outcomes.Where(o => o.Key is CheckAct && o.Value.Id is not null).OrderBy(o => o.Key.Minute).Select(o => o.Value.Id!.Value)];
        var made = new Requests(dice.Fork(), whole.As(viewer), whole.Gate, asker, checks);
        // To know what to ask for, it looked: the same is done over the other store, for the log of both to say so.
        _ = new Requests(dice.Fork(), without.As(viewer), without.Gate, asker, checks);
        int cases = 0,
            minute = history.Acts[^1].Minute;
        foreach (var (route, request) in made.Some(requests, shown))
        {
            minute++;
            whole.SetMinute(minute);
            without.SetMinute(minute);
            // Somebody else reads the same pages of the whole store first: nothing that is kept for them may show.
            if (request.Method == "GET" && dice.Percent(40))
                await bystander.Send(request);
            var (a, b) = (await one.Send(request), await other.Send(request));
            cases++;
            if (a != b)
                return (cases, Say(request, a.ToString(), b.ToString()));
            if (a.Status >= 500 && !request.Address.StartsWith("/error/", StringComparison.Ordinal))
                return (cases, Say(request, a.ToString(), "(no answer of the workbench is a fault of its own)"));
            if (
                (viewer.Clearance is not null || viewer.May(Power.Administer) || viewer.May(Power.Audit))
                && a.Status is 200 or 201 or 202 or 302
                && a.Location?.StartsWith("/sign-in", StringComparison.Ordinal) != true
            )
                shown.Add(route);
            if (request.Method == "POST" && (request.Address == "/checks/new" || request.Address.StartsWith("/api/v1/checks", StringComparison.Ordinal)))
                made.Started(a.Location);
        }
        var never = await one.Send(new Request("GET", "/entity/0000000000000000000000000a"));
        foreach (var address in Requests.ByIdentifier)
        {
            var nothing = await one.Send(new Request("GET", address(new RecordId(1))));
            foreach (var id in asker.Records.Concat(asker.Others).Concat(asker.SourceIds))
            {
                if (!dice.Percent(12))
                    continue;
                var reply = await one.Send(new Request("GET", address(id)));
                cases++;
                if (reply.Status != 404)
                    continue;
                if (reply != nothing)
                    return (cases, Say(new Request("GET", address(id)), reply.ToString(), "(for an identifier that never was) " + nothing));
                if (!IsForPrograms(address(id)) && nothing.Body.Length > 0 && nothing.Body != never.Body)
                    return (cases, Say(new Request("GET", address(id)), nothing.Body, never.Body));
            }
        }
        return (cases, null);

        string Say(Request request, string a, string b) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"Seed {seed}, {viewer.Name}: {request}\n{history}\n--- where they differ, over the whole store and without what they may not see:\n{FirstDifference(a, b)}"
            );
    }

    /// <summary>Is it answered as JSON, whatever goes wrong?</summary>
    private static bool IsForPrograms(string address) =>
        address.EndsWith("json", StringComparison.Ordinal) || address.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Does the log show the viewer what somebody did?</summary>
    private static bool LogShows(Viewer who, Viewer viewer) =>
        who.Agency == viewer.Agency && (viewer.May(Power.AuditAll) || (viewer.May(Power.Audit) && viewer.MaySee(Label.OfReader(who))));

    /// <summary>
    /// Would the act not be there if what the viewer may not see had never been? What somebody did of whom they may read the log is theirs to see, and so is what
    /// that one was shown.
    /// </summary>
    private static bool IsHidden(Act act, Viewer viewer, Dictionary<Act, Outcome> outcomes) =>
        Trial.IsHidden(act, viewer, outcomes)
        && !Cast.Viewers.Concat(Viewer.BuiltIn).Any(v => LogShows(v, viewer) && (v == act.By || !Trial.IsHidden(act, v, outcomes)));

    /// <summary>
    /// Only the whole history's run asks things on the way, to warm what is kept; the log would show it to an auditor of those who ask.
    /// </summary>
    private static History WithoutReadingOnTheWay(History history) =>
        history with
        {
            Acts = [.. history.Acts.Where(a => a is not WarmAct).Select(a => a is ImportAct import ? import with { AskedWithin = null } : a)],
        };

    /// <summary>
    /// What administrators do that the viewer may not see: with the people of another agency, or, for somebody who is no administrator, with others.
    /// </summary>
    private static void Administer(Dice dice, Stage whole, Viewer viewer)
    {
        var people = whole.Gate.People;
        foreach (
            var by in Viewer.BuiltIn.Where(v =>
                v.May(Power.Administer) && (v.Agency != viewer.Agency || !(viewer.May(Power.Administer) || viewer.May(Power.Audit)))
            )
        )
        {
            for (int i = dice.Between(0, 3); i > 0; i--)
            {
                var (person, _) = people.Invite(by, dice.Of(Vocabulary.People), "clerk", $"person{dice.Below(1_000_000)}");
                if (dice.Percent(50))
                    people.Give(by, person.Id, RightKind.Role, nameof(Role.Analyst), whole.Clock.GetUtcNow().AddDays(30), "Their job");
                if (dice.Percent(50))
                    people.Give(by, person.Id, RightKind.Clearance, nameof(Classification.Official), whole.Clock.GetUtcNow().AddDays(30), "Vetted");
                if (dice.Percent(30))
                    people.Close(by, person.Id);
            }
            if (dice.Percent(50))
                people.AddCompartment(by, $"bird{dice.Below(1_000_000)}", "An operation");
            if (dice.Percent(50))
                people.AskForAgency(by, $"Council of {by.DisplayName}", "01234 567891", "Morag Hay", "morag.hay", "A partner");
        }
    }

    /// <summary>Agencies ask each other: what the viewer's is a part of, over both stores; what others ask among themselves, over the whole one.</summary>
    private static void Correspond(Dice dice, Stage whole, Stage without, Viewer viewer)
    {
        Viewer[] writers = [.. Viewer.BuiltIn.Where(v => v.Clearance >= Classification.Official && v.Roles.Any(r => r is not Role.Auditor))];
        for (int i = dice.Between(2, 6); i > 0; i--)
        {
            var from = dice.Of(writers);
            var to = dice.Of([.. writers.Where(w => w.Agency != from.Agency)]);
            string text = $"What do you know of {dice.Of(Vocabulary.People)}? {i}";
            bool answered = dice.Percent(50);
            foreach (var stage in from.Agency == viewer.Agency || to.Agency == viewer.Agency ? [whole, without] : (Stage[])[whole])
            {
                var asked = stage.Gate.Requests.Ask(from, new Picture.Request(RequestKind.Access, "", to.Agency, "", default, text));
                if (answered && to.May(Power.Release))
                    stage.Gate.Requests.Answer(to, asked.Id, agreed: false, "We may not say");
            }
        }
    }

    /// <summary>For those who release: a colleague has ordered a release, over both stores, so that there is one to be looked at and decided on.</summary>
    private static void Offer(Stage whole, Stage without, Viewer viewer)
    {
        if (!viewer.May(Power.Release))
            return;
        foreach (var stage in (Stage[])[whole, without])
        {
            var said = stage
                .As(viewer)
                .Export()
                .SelectMany(r => r.Statements)
                .FirstOrDefault(s => s.Source.Owner == viewer.Agency && !s.Property.Type.IsEntity);
            if (said is null)
                continue;
            var order = new ReleaseOrder([new ReleasedValue(said.Record, said.Property.Name, said.Value)], new Label(Classification.Official), "They need it")
            {
                SourceName = "Told",
            };
            try
            {
                stage.Gate.Releases.Order(viewer with { Name = $"colleague@{viewer.Agency}" }, order);
            }
            catch (ReleaseException)
            {
                // What may not be released is not: over both stores for the same reason.
            }
        }
    }

    /// <summary>
    /// Other agencies, whom the viewer's agreed to have told, watch what the viewer may look for: over the whole store alone. And somebody of the viewer's
    /// agency, over both stores, watches what people of others look for, who agreed to nothing: over the whole store alone.
    /// </summary>
    private static void Watch(Stage whole, Stage without, Viewer viewer)
    {
        var until = whole.Clock.GetUtcNow().AddDays(30);
        foreach (var officer in Viewer.BuiltIn.Where(v => v.May(Power.Release)))
        {
            bool isOwn = officer.Agency == viewer.Agency;
            if (!isOwn)
            {
                foreach (var stage in (Stage[])[whole, without])
                {
                    var administrator = viewer with { Name = $"administrator@{viewer.Agency}", Roles = [Role.Administrator] };
                    if (stage.Gate.People.Agency(viewer.Agency)?.TellsOfSearches.Contains(officer.Agency, StringComparer.Ordinal) == true)
                        continue;
                    var waits = stage.Gate.People.AskToTell(administrator, officer.Agency, "A protocol");
                    stage.Gate.People.Approve(administrator with { Name = $"second@{viewer.Agency}" }, waits.Id);
                }
            }
            else if (!viewer.May(Power.Release))
                continue;
            foreach (var stage in isOwn ? [whole, without] : (Stage[])[whole])
            {
                var said = stage
                    .As(isOwn ? viewer : officer)
                    .Export()
                    .SelectMany(r => r.Statements)
                    .Where(s => s.Source.Owner == officer.Agency && s.Property.Name is "name" or "passportNumber")
                    .Take(3)
                    .ToArray();
                foreach (var one in said)
                {
                    stage.Gate.Releases.Order(
                        isOwn ? viewer with { Name = $"colleague@{viewer.Agency}" } : officer,
                        new ReleaseOrder([new ReleasedValue(one.Record, one.Property.Name, one.Value)], new Label(Classification.Official), "Deconfliction")
                        {
                            Kind = ReleaseKind.Alert,
                            Until = until,
                        }
                    );
                    // The viewer looks for it, over both; or others do, who are nothing to the viewer.
                    if (!isOwn)
                    {
                        whole.As(viewer).Search(one.Value);
                        without.As(viewer).Search(one.Value);
                    }
                    else
                    {
                        foreach (var other in Viewer.BuiltIn.Where(v => v.Agency != viewer.Agency))
                            whole.As(other).Search(one.Value);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Somebody opens emergency access, and may end it: of the viewer's agency, over both stores, where the viewer watches over that; else over the whole one.
    /// </summary>
    private static void Hasten(Dice dice, Stage whole, Stage without, Viewer viewer)
    {
        foreach (var by in Viewer.BuiltIn.Where(v => v != viewer && v.May(Power.Release)))
        {
            bool ends = dice.Percent(50),
                isTold = by.Agency == viewer.Agency && People.MayKnowOfEmergencies(viewer);
            foreach (var stage in isTold ? [whole, without] : (Stage[])[whole])
            {
                stage.InEmergency(by);
                if (ends)
                    stage.Gate.People.EndEmergency(by, stage.Gate.People.OwnEmergencies(by)[0].Id);
            }
        }
    }

    private static string FirstDifference(string a, string b)
    {
        int at = a.AsSpan().CommonPrefixLength(b);
        return $"{Around(a, at)}\n---\n{Around(b, at)}";
    }

    private static string Around(string text, int at) => text[Math.Min(text.Length, Math.Max(0, at - 400))..Math.Min(text.Length, at + 400)];
}
