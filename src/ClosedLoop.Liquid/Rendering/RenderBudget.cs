using ClosedLoop.Liquid.Ast;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>What one render has used up, shared by all its partials.</summary>
internal sealed class RenderBudget
{
    private const int CheckInterval = 256;

    private LiquidLimits _limits = LiquidLimits.Default;
    private TimeProvider _clock = TimeProvider.System;
    private CancellationToken _cancellation;
    private long _started;
    private long _steps;
    private long _nextCheck;
    private long _iterations;

    public int PartialDepth { get; set; }

    public LiquidLimits Limits => _limits;

    public void Start(LiquidLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _limits = limits;
        _clock = clock;
        _cancellation = cancellation;
        _started = 0;
        _steps = 0;
        _iterations = 0;
        _nextCheck = CheckInterval;
        PartialDepth = 0;
    }

    public void Take(BlockCost cost)
    {
        Step(cost.Steps);
        if (cost.Iterations > 0)
        {
            Iterate(cost.Iterations);
        }
    }

    /// <summary>Counts the passes of a loop that was unrolled.</summary>
    private void Iterate(long count)
    {
        _iterations += count - 1;
        _steps += count - 1;
        Iterate();
    }

    public void Step(long count)
    {
        _steps += count;
        if (_steps >= _nextCheck || _steps > _limits.MaxSteps)
        {
            Check();
        }
    }

    public void Iterate()
    {
        _steps++;
        if (++_iterations > _limits.MaxLoopIterations)
        {
            throw new LimitException(LiquidErrorCode.LoopLimit, $"the loops ran more than {_limits.MaxLoopIterations} times", "fewer passes, or a higher MaxLoopIterations");
        }

        if (_steps >= _nextCheck || _steps > _limits.MaxSteps)
        {
            Check();
        }
    }

    public void CheckText(long length)
    {
        if (length > _limits.MaxTextLength)
        {
            throw new LimitException(LiquidErrorCode.TextLimit, $"a text grew beyond {_limits.MaxTextLength} characters", "a shorter text, or a higher MaxTextLength");
        }
    }

    public void CheckArray(long length)
    {
        if (length > _limits.MaxArrayLength)
        {
            throw new LimitException(LiquidErrorCode.ArrayLimit, $"an array grew beyond {_limits.MaxArrayLength} elements", "fewer elements, or a higher MaxArrayLength");
        }

        // Work on long arrays counts, or a filter over a big range would be free.
        Step(length / 16);
    }

    private void Check()
    {
        _nextCheck = _steps + CheckInterval;
        if (_steps > _limits.MaxSteps)
        {
            throw new LimitException(LiquidErrorCode.StepLimit, $"the render took more than {_limits.MaxSteps} steps", "a simpler template, or a higher MaxSteps");
        }

        _cancellation.ThrowIfCancellationRequested();

        // Most renders end before the first check, and reading the clock would cost them a tenth of their time.
        if (_started == 0)
        {
            _started = _clock.GetTimestamp();
        }
        else if (_clock.GetElapsedTime(_started) > _limits.MaxTime)
        {
            throw new LimitException(LiquidErrorCode.TimeLimit, $"the render took longer than {_limits.MaxTime}", "a simpler template, or a higher MaxTime");
        }
    }
}
