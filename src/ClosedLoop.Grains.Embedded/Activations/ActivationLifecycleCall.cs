namespace ClosedLoop.Grains.Embedded;

/// <summary>Stands for OnActivateAsync and OnDeactivateAsync as the caller of the calls made from them.</summary>
internal sealed class ActivationLifecycleCall : GrainCall
{
    public static readonly GrainMethod Activating = new("OnActivateAsync", alwaysInterleave: false, readOnly: false, oneWay: false);
    public static readonly GrainMethod Deactivating = new("OnDeactivateAsync", alwaysInterleave: false, readOnly: false, oneWay: false);

    private readonly Func<Task> _body;

    public ActivationLifecycleCall(GrainActivation activation, GrainMethod method, Func<Task> body)
    {
        Activation = activation;
        Target = activation.Id;
        Method = method;
        _body = body;
    }

    internal override bool IsAnswered => false;

    internal override bool HasTimeout => false;

    /// <summary>Runs the body with this call as the current one.</summary>
    public void Run()
    {
        MakeCurrent();
        _ = RunAsync();

        async Task RunAsync()
        {
            await _body();
            IsOver = true;
        }
    }

    protected internal override Task Invoke(object grain) => _body();

    internal override bool Answer(Task outcome) => true;

    internal override bool Fail(Exception exception) => true;
}
