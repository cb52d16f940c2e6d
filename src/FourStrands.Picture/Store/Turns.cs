namespace FourStrands.Picture.Store;

/// <summary>Lets one at a time change the picture, in the order in which they came. Long work lets those who wait go in between.</summary>
internal sealed class Turns
{
    private readonly Lock guard = new();
    private readonly Queue<TaskCompletionSource> waiting = [];
    private bool taken;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (guard)
                return waiting.Count;
        }
    }

    /// <summary>Waits for a turn.</summary>
    public void Enter()
    {
        TaskCompletionSource mine;
        lock (guard)
        {
            if (!taken)
            {
                taken = true;
                return;
            }
            mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(mine);
        }
        mine.Task.GetAwaiter().GetResult();
    }

    /// <summary>Has a turn at once, or not at all.</summary>
    public bool TryEnter()
    {
        lock (guard)
        {
            bool free = !taken;
            taken = true;
            return free;
        }
    }

    /// <summary>Ends a turn: the next who waits has it.</summary>
    public void Exit()
    {
        lock (guard)
        {
            if (waiting.TryDequeue(out var next))
                next.SetResult();
            else
                taken = false;
        }
    }

    /// <summary>In the middle of a long turn, where all is in order: whoever waits goes first.</summary>
    public void Pass()
    {
        lock (guard)
        {
            if (waiting.Count == 0)
                return;
        }
        Exit();
        Enter();
    }
}
