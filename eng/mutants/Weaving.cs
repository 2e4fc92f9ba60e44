// Rewrites assemblies: places of mutants ask the switch, and static constructors become state that is made anew in each epoch.
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sisote.Mutants;

/// <summary>Rewrites assemblies: places of mutants ask the switch, and static constructors become state that is made anew in each epoch.</summary>
internal static class Weaving
{
    internal static int Weave(string folder, params string[] names)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        var modules = names.Select(name => ModuleDefinition.ReadModule(Path.Combine(folder, name), new ReaderParameters { AssemblyResolver = resolver, InMemory = true })).ToArray();
        var remade = new Dictionary<string, MethodDefinition>(StringComparer.Ordinal);
        foreach (var module in modules)
        {
            Ask(module);
            foreach (var type in module.GetTypes().Where(IsRemade).ToArray())
            {
                remade[type.FullName] = Remake(type);
            }
        }

        foreach (var module in modules)
        {
            foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
            {
                Ensure(method, remade);
            }

            module.Write(Path.Combine(folder, names[Array.IndexOf(modules, module)]));
        }

        return 0;
    }

    private static bool IsRemade(TypeDefinition type) =>
        !type.Name.StartsWith('<') && !type.HasGenericParameters && type.Methods.Any(method => method.Name == ".cctor") && !type.Namespace.StartsWith("Stryker", StringComparison.Ordinal);

    private static void Ask(ModuleDefinition module)
    {
        foreach (var method in module.GetTypes().Where(type => type.Name == "MutantControl").SelectMany(type => type.Methods).Where(method => method.Name == "IsActive"))
        {
            var body = method.Body = new MethodBody(method);
            var il = body.GetILProcessor();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, module.ImportReference(typeof(MutantSwitch).GetMethod(nameof(MutantSwitch.IsActive))));
            il.Emit(OpCodes.Ret);
        }
    }

    private static MethodDefinition Remake(TypeDefinition type)
    {
        var module = type.Module;
        var make = type.Methods.Single(method => method.Name == ".cctor");
        make.Name = "$make";
        make.Attributes = MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig;
        foreach (var field in type.Fields.Where(field => field.IsStatic && !field.IsLiteral))
        {
            field.IsInitOnly = false;
        }

        var done = new FieldDefinition("$done", FieldAttributes.Private | FieldAttributes.Static, module.TypeSystem.Int32);
        var begun = new FieldDefinition("$begun", FieldAttributes.Private | FieldAttributes.Static, module.TypeSystem.Int32);
        type.Fields.Add(done);
        type.Fields.Add(begun);
        type.Methods.Add(Ensuring(module, make, done, begun));
        return type.Methods[^1];
    }

    /// <summary>What stands before each use of a static field: `if ($done != Epoch) Make(ref $done, ref $begun, $make)`.</summary>
    private static MethodDefinition Ensuring(ModuleDefinition module, MethodDefinition make, FieldDefinition done, FieldDefinition begun)
    {
        var ensure = new MethodDefinition("$ensure", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, module.TypeSystem.Void);
        var il = ensure.Body.GetILProcessor();
        var end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldsfld, done);
        il.Emit(OpCodes.Call, module.ImportReference(typeof(MutantSwitch).GetProperty(nameof(MutantSwitch.Epoch))!.GetMethod));
        il.Emit(OpCodes.Beq, end);
        il.Emit(OpCodes.Ldsflda, done);
        il.Emit(OpCodes.Ldsflda, begun);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ldftn, make);
        il.Emit(OpCodes.Newobj, module.ImportReference(typeof(Action).GetConstructors().Single()));
        il.Emit(OpCodes.Call, module.ImportReference(typeof(MutantSwitch).GetMethod(nameof(MutantSwitch.Make))));
        il.Append(end);
        return ensure;
    }

    private static void Ensure(MethodDefinition method, Dictionary<string, MethodDefinition> remade)
    {
        var asked = method.Body.Instructions.Where(place => place.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld
            && place.Operand is FieldReference field && !field.Name.StartsWith('$') && remade.ContainsKey(field.DeclaringType.FullName)
            && !(method.Name is "$make" && method.DeclaringType.FullName == field.DeclaringType.FullName)).ToArray();
        if (asked.Length == 0)
        {
            return;
        }

        var il = method.Body.GetILProcessor();
        foreach (var place in asked)
        {
            var field = (FieldReference)place.Operand;
            var copy = il.Create(place.OpCode, field);
            place.OpCode = OpCodes.Call;
            place.Operand = method.Module.ImportReference(remade[field.DeclaringType.FullName]);
            il.InsertAfter(place, copy);
        }

        foreach (var place in method.Body.Instructions.Where(place => place.OpCode.OperandType == OperandType.ShortInlineBrTarget))
        {
            place.OpCode = Long(place.OpCode);
        }
    }

    private static OpCode Long(OpCode code) => code.Code switch
    {
        Code.Br_S => OpCodes.Br, Code.Brtrue_S => OpCodes.Brtrue, Code.Brfalse_S => OpCodes.Brfalse, Code.Leave_S => OpCodes.Leave,
        Code.Beq_S => OpCodes.Beq, Code.Bne_Un_S => OpCodes.Bne_Un, Code.Bge_S => OpCodes.Bge, Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_S => OpCodes.Bgt, Code.Bgt_Un_S => OpCodes.Bgt_Un, Code.Ble_S => OpCodes.Ble, Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_S => OpCodes.Blt, Code.Blt_Un_S => OpCodes.Blt_Un, _ => code,
    };
}
