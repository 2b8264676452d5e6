using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Conditions;

internal sealed class ConstantCondition : Condition
{
    private ConstantCondition(bool value) => Value = value;

    public static ConstantCondition True { get; } = new(value: true);

    public static ConstantCondition False { get; } = new(value: false);

    public bool Value { get; }

    public static ConstantCondition Of(bool value) => value ? True : False;

    public override bool Evaluate(RenderContext context) => Value;

    public override bool NeedsOnlyRow => true;

    public override bool? TryEvaluate(LiquidRow row) => Value;

    public override Condition Bind(BindContext context) => this;
}
